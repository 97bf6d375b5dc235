import type { ProjectFile } from './schema.js';

/** Whether the scores of a project are made elsewhere: they stand in its rows, nothing is trained and nothing served. */
export const predictsElsewhere = ({ model }: Pick<ProjectFile, 'model'>): boolean =>
  model.candidates.length > 0 && model.candidates.every(({ family }) => family === 'given');
