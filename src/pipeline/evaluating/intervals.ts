import { binaryIntervals, regressionIntervals, type Bootstrap } from '../../models/metrics/bootstrap.js';
import type { Task } from '../../project/rules/known-figures.js';

/** 95 % bootstrap intervals of the figures of a task that are no plain rates. */
export function drawnIntervals(
  task: Task,
  labels: Float64Array,
  scores: Float64Array,
  threshold: number | null,
): Bootstrap {
  return task === 'regression'
    ? regressionIntervals(labels, scores)
    : binaryIntervals(labels, scores, threshold ?? 0.5);
}
