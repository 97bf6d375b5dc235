/** What a training minimises. Scores, gradients and hessians come one array an output (class). */
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
  gradients(scores: Float64Array[], gradients: Float32Array[], hessians: Float32Array[]): void;
}
