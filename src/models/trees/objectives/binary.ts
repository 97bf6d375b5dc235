import { InputError } from '../../../common/errors.js';
import { formatShort } from '../../lightgbm-text/format-number.js';
import type { TrainingParameters } from '../parameters/parameters.js';
import { EPSILON } from '../leaf-output.js';
import type { Labels, Objective, Powers } from './objective.js';

/**
 * Log loss of a 0/1 target (LightGBM's `binary`).
 * @throws InputError naming the first row whose target is neither 0 nor 1
 */
export function binaryObjective({ target, weight }: Labels, parameters: TrainingParameters): Objective {
  const wrong = target.findIndex((value) => value !== 0 && value !== 1);
  if (wrong >= 0) throw new InputError(`target of row ${wrong + 1} is ${target[wrong]!}, expected 0 or 1`);
  const loss = binaryLoss(Uint8Array.from(target), weight, parameters);
  return {
    text: `binary sigmoid:${formatShort(parameters.sigmoid)}`,
    outputs: 1,
    metric: 'binary_logloss',
    initialScore: loss.initialScore,
    needsTraining: () => loss.hasBothClasses,
    gradients: ([score], [pairs], powers) => loss.gradients(score!, pairs!, powers),
  };
}

/**
 * Gradient -y s / (1 + e^(y s f)) and hessian |g| (s - |g|), times the class's weight, for y = -1 or 1, sigmoid s and
 * score f.
 * @param positive 1 where a row belongs to the class, else 0
 */
export function binaryLoss(positive: Uint8Array, weight: Float32Array | null, parameters: TrainingParameters) {
  const { sigmoid } = parameters;
  const positives = positive.reduce((sum, value) => sum + value, 0);
  const negatives = positive.length - positives;
  const classWeight = weightsOfClasses(parameters, positives, negatives);

  function initialScore(): number {
    let sum = 0;
    let total = 0;
    for (let row = 0; row < positive.length; row++) {
      const own = weight ? weight[row]! : 1;
      total += own;
      sum += positive[row]! * own;
    }
    const mean = Math.max(Math.min(sum / total, 1 - EPSILON), EPSILON);
    return Math.log(mean / (1 - mean)) / sigmoid;
  }

  function gradients(score: Float64Array, pairs: Float32Array, { values, exponentials }: Powers): void {
    // A factor rather than a branch, which would be guessed wrong half of the time.
    for (let row = 0; row < positive.length; row++) values[row] = (2 * positive[row]! - 1) * sigmoid * score[row]!;
    exponentials();
    for (let row = 0; row < positive.length; row++) {
      const sign = 2 * positive[row]! - 1;
      const own = classWeight[positive[row]!]! * (weight ? weight[row]! : 1);
      const response = (-sign * sigmoid) / (1 + values[row]!);
      const size = Math.abs(response);
      pairs[2 * row] = response * own;
      pairs[2 * row + 1] = size * (sigmoid - size) * own;
    }
  }

  return { initialScore, gradients, hasBothClasses: positives > 0 && negatives > 0 };
}

function weightsOfClasses(parameters: TrainingParameters, positives: number, negatives: number): [number, number] {
  const { is_unbalance, scale_pos_weight } = parameters;
  if (!is_unbalance || positives === 0 || negatives === 0) return [1, scale_pos_weight];
  return positives > negatives ? [positives / negatives, 1] : [1, negatives / positives];
}
