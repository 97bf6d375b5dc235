import type { Task } from './known-figures.js';

/** The figures of each task that can be estimated of rows without a label. */
const estimable: Record<Task, readonly string[]> = {
  binary: ['roc_auc', 'average_precision', 'f1', 'precision', 'recall', 'specificity', 'fpr', 'fnr', 'accuracy'],
  multiclass: ['accuracy', 'macro_f1', 'macro_precision', 'macro_recall', 'roc_auc_ovr'],
  regression: ['mae', 'rmse', 'mape'],
};

export function estimableOf(task: Task): readonly string[] {
  return estimable[task];
}

/** `estimated recall`: what an estimate of a figure is called beside the figure itself. */
export function estimateOf(figure: string): string {
  return `estimated ${figure}`;
}
