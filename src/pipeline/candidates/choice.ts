import type { ProjectFile } from '../../project/schema.js';

/** What decides between candidates, also when the project does not say. */
const usual = { binary: 'average_precision', multiclass: 'macro_f1', regression: 'r2' };

export function choiceOf({ choose, task }: ProjectFile['model']): NonNullable<ProjectFile['model']['choose']> {
  return choose ?? { metric: usual[task], on: 'validation' };
}
