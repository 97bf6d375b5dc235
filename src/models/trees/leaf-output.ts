import type { TrainingParameters } from './parameters/parameters.js';
import type { OutputRange } from './constraint.js';

/** LightGBM's kEpsilon (1e-15 as a 32-bit float); it keeps hessian sums off 0. */
export const EPSILON = Math.fround(1e-15);

export type Regularisation = Pick<TrainingParameters, 'lambda_l1' | 'lambda_l2' | 'max_delta_step'>;

/** The sum of gradients after the l1 penalty: shrunk towards 0 by `l1`. */
function shrink(gradient: number, l1: number): number {
  return Math.sign(gradient) * Math.max(0, Math.abs(gradient) - l1);
}

/** The leaf value that lowers the loss most: -G / (H + l2), with G shrunk by l1, limited to `max_delta_step`. */
export function leafOutput(gradient: number, hessian: number, regularisation: Regularisation): number {
  const { lambda_l1, lambda_l2, max_delta_step } = regularisation;
  const output = -shrink(gradient, lambda_l1) / (hessian + lambda_l2);
  if (max_delta_step > 0 && Math.abs(output) > max_delta_step) return Math.sign(output) * max_delta_step;
  return output;
}

/** The leaf value that lowers the loss most within a range. */
export function outputWithin(range: OutputRange, gradient: number, hessian: number, regularisation: Regularisation) {
  const output = leafOutput(gradient, hessian, regularisation);
  if (output < range.least) return range.least;
  return output > range.most ? range.most : output;
}

/** What a leaf gains over predicting nothing: G² / (H + l2), with G shrunk by l1. */
export function leafGain(gradient: number, hessian: number, regularisation: Regularisation): number {
  const { lambda_l1, lambda_l2, max_delta_step } = regularisation;
  const shrunk = lambda_l1 > 0 ? shrink(gradient, lambda_l1) : gradient;
  if (!(max_delta_step > 0)) return (shrunk * shrunk) / (hessian + lambda_l2);
  return gainOfOutput(gradient, hessian, regularisation, leafOutput(gradient, hessian, regularisation));
}

/** What a leaf gains if it must predict `output`. */
function gainOfOutput(gradient: number, hessian: number, regularisation: Regularisation, output: number) {
  const shrunk = shrink(gradient, regularisation.lambda_l1);
  return -(2 * shrunk * output + (hessian + regularisation.lambda_l2) * output * output);
}

/** What two leaves gain whose values must stay in a range, and rise (1) or fall (-1) from left to right; 0 if they do not. */
export function constrainedGain(
  range: OutputRange,
  direction: number,
  leftGradient: number,
  leftHessian: number,
  rightGradient: number,
  rightHessian: number,
  regularisation: Regularisation,
): number {
  const left = outputWithin(range, leftGradient, leftHessian, regularisation);
  const right = outputWithin(range, rightGradient, rightHessian, regularisation);
  if ((direction > 0 && left > right) || (direction < 0 && left < right)) return 0;
  return (
    gainOfOutput(leftGradient, leftHessian, regularisation, left) +
    gainOfOutput(rightGradient, rightHessian, regularisation, right)
  );
}
