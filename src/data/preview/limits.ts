/** What looking into a table may cost. */
export const limits = {
  /** Bytes that are read unasked. */
  unasked: 64e6,
  /** Of a larger text, so much is read: enough for thousands of rows. */
  beginning: 8e6,
  /** A packed text that unpacks to more is read as far as this. */
  unpacked: 512e6,
  /** Longer values are cut. */
  characters: 10_000,
};
