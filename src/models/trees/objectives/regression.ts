import { InputError } from '../../../common/errors.js';
import type { TrainingParameters } from '../parameters/parameters.js';
import type { Labels, Objective } from './objective.js';
import { median } from './percentile.js';

// LightGBM keeps targets as 32-bit floats, and rounds where it does.

/** Squared error: gradient f - y, hessian 1, times the row's weight (LightGBM's `regression`). */
export function squaredError(labels: Labels): Objective {
  const own = weightOf(labels);
  const target = Float32Array.from(labels.target);
  return regression('regression', 'l2', {
    initialScore: () => meanOf(labels),
    gradients: ([score], [pairs]) => {
      for (let row = 0; row < target.length; row++) {
        pairs![2 * row] = Math.fround(score![row]! - target[row]!) * own(row);
        pairs![2 * row + 1] = own(row);
      }
    },
  });
}

/** Absolute error: gradient sign(f - y), hessian 1; a leaf's value is the median of its residuals (`regression_l1`). */
export function absoluteError(labels: Labels): Objective {
  const own = weightOf(labels);
  const { weight } = labels;
  const target = Float32Array.from(labels.target);
  return regression('regression_l1', 'l1', {
    initialScore: () => Math.fround(median(Float64Array.from(target), weight)),
    gradients: ([score], [pairs]) => {
      for (let row = 0; row < target.length; row++) {
        pairs![2 * row] = Math.sign(score![row]! - target[row]!) * own(row);
        pairs![2 * row + 1] = own(row);
      }
    },
    leafValue: (score, { rows, begin, count }) => {
      const residuals = new Float64Array(count);
      for (let i = 0; i < count; i++) residuals[i] = target[rows[begin + i]!]! - score[rows[begin + i]!]!;
      return median(residuals, weight && Float32Array.from(residuals, (_, i) => weight[rows[begin + i]!]!));
    },
  });
}

/** Huber's loss: squared up to `alpha`, linear beyond (LightGBM's `huber`). */
export function huber(labels: Labels, { alpha }: TrainingParameters): Objective {
  const own = weightOf(labels);
  const target = Float32Array.from(labels.target);
  return regression('huber', 'huber', {
    initialScore: () => meanOf(labels),
    gradients: ([score], [pairs]) => {
      for (let row = 0; row < target.length; row++) {
        const difference = score![row]! - target[row]!;
        pairs![2 * row] = (Math.abs(difference) <= alpha ? difference : Math.sign(difference) * alpha) * own(row);
        pairs![2 * row + 1] = own(row);
      }
    },
  });
}

/**
 * Poisson deviance of counts with score f = log of the mean: gradient e^f - y, hessian e^(f + max_delta_step)
 * (LightGBM's `poisson`). @throws InputError naming the first negative target, or if all are 0
 */
export function poisson(labels: Labels, { poisson_max_delta_step }: TrainingParameters): Objective {
  const own = weightOf(labels);
  const target = Float32Array.from(labels.target);
  const wrong = target.findIndex((value) => value < 0);
  if (wrong >= 0) throw new InputError(`target of row ${wrong + 1} is ${target[wrong]!}, expected at least 0`);
  if (target.every((value) => value === 0)) throw new InputError('the target is 0 in all rows, expected some above 0');
  const caution = Math.exp(poisson_max_delta_step);
  return regression('poisson', 'poisson', {
    initialScore: () => Math.log(meanOf(labels)),
    gradients: ([score], [pairs]) => {
      for (let row = 0; row < target.length; row++) {
        const mean = Math.exp(score![row]!);
        pairs![2 * row] = (mean - target[row]!) * own(row);
        pairs![2 * row + 1] = mean * caution * own(row);
      }
    },
  });
}

function regression(
  text: string,
  metric: string,
  parts: Pick<Objective, 'initialScore' | 'gradients' | 'leafValue'>,
): Objective {
  return { text, outputs: 1, metric, needsTraining: () => true, ...parts };
}

function weightOf({ weight }: Labels): (row: number) => number {
  return weight ? (row) => weight[row]! : () => 1;
}

function meanOf({ target, weight }: Labels): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < target.length; row++) {
    const own = weight ? weight[row]! : 1;
    sum += Math.fround(target[row]!) * own;
    total += own;
  }
  return sum / total;
}
