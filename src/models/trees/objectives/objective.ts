import type { RowRange } from '../kernel/crew.js';

/** What a training minimises. Scores and gradients come one array an output (class). */
export interface Objective {
  /** As the model file spells it. */
  text: string;
  outputs: number;
  /** The metric that fits when none is asked for. */
  metric: string;
  /** The score that boosting starts from (0 without `boost_from_average`). */
  initialScore(output: number): number;
  /** False if there is nothing to learn for this output, such as with one class only. */
  needsTraining(output: number): boolean;
  /** Writes gradient and hessian of every row, in turn. */
  gradients(scores: Float64Array[], pairs: Float32Array[], powers: Powers): void;
  /** Losses without curvature find a leaf's value from its rows' residuals instead of their gradients. */
  leafValue?(score: Float64Array, rows: RowRange): number;
}

/** A number a row, and what takes e to the power of each. */
export interface Powers {
  values: Float64Array;
  exponentials: () => void;
}

/** Rows to learn from: targets, and weights if rows do not count alike. */
export interface Labels {
  target: Float64Array;
  weight: Float32Array | null;
}
