import type { ProjectFile } from '../../project/schema.js';

/**
 * Whether the same thing may be learned from in one month and judged in another: rows have a time, and a column divides
 * them, so that entity and time together say which row one is. Otherwise the entity does alone.
 */
export const comesAgain = ({ features: { time, split } }: Pick<ProjectFile, 'features'>): boolean =>
  time !== undefined && split.by === 'column';
