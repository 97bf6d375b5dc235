import type { SliceColumn } from '../../models/metrics/slices.js';
import type { Task } from '../../project/rules/known-figures.js';
import type { ClassColumns } from './classes.js';

/** Rows that have a label and a score; those that lack one are counted. */
export interface Scored {
  task: Task;
  labels: Float64Array;
  /** One column; of several classes one a class, or the predicted class alone. */
  scores: Float64Array[];
  /** Of several classes: their names; `predicted`: the one score column is the predicted class. */
  classes?: ClassColumns;
  weights?: Float64Array;
  slices: SliceColumn[];
  missing: number;
}
