import type { ProjectFile } from '../../project/schema.js';

/** What decides between candidates, also when the project does not say. */
export function choiceOf({ choose, task }: ProjectFile['model']): NonNullable<ProjectFile['model']['choose']> {
  return choose ?? { metric: task === 'binary' ? 'average_precision' : 'r2', on: 'validation' };
}
