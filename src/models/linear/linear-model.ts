/**
 * A linear model: scores = intercepts[k] + coefficients[k] · row, in the units of its columns.
 * One row of coefficients, or one a class for `softmax`.
 */
export interface LinearModel {
  kind: 'linear';
  link: 'identity' | 'sigmoid' | 'softmax';
  featureNames: string[];
  coefficients: number[][];
  intercepts: number[];
  /** Whether the optimiser reached its tolerance, in how many iterations, and the largest gradient entry it left. */
  converged: boolean;
  iterations: number;
  gradient: number;
  parameters: Record<string, unknown>;
}
