/** Larger documents are shown in part; parsing them would keep a window waiting. */
export const mostBytes = 64e6;
/** So much of a larger one is read. */
export const shownBytes = 200_000;
