import { binaryIntervals, regressionIntervals, type Bootstrap } from '../../models/metrics/bootstrap.js';
import { multiclassIntervals } from '../../models/metrics/class-bootstrap.js';
import { multiclassEvaluation } from '../../models/metrics/multiclass-evaluation.js';
import type { Task } from '../../project/rules/known-figures.js';
import { classRows, type Scored } from './evaluate.js';
import type { Part } from './parts.js';

/** 95 % bootstrap intervals of the figures of a task that are no plain rates. */
export function drawnIntervals(task: Task, part: Pick<Part, 'target' | 'classes'>, scored: Scored): Bootstrap {
  const { scores, threshold } = scored;
  if (task === 'regression') return regressionIntervals(part.target, scores);
  if (task === 'binary') return binaryIntervals(part.target, scores, threshold ?? 0.5);
  const rows = classRows(part, scored);
  return multiclassIntervals(rows, multiclassEvaluation(rows));
}
