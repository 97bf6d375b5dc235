/** The four parts of a project's rows, each a feature group, in the order of their use. */
export const partNames = ['train', 'validation', 'test', 'production'] as const;
export type PartName = (typeof partNames)[number];
