import { InputError, ParameterError } from '../../../common/errors.js';
import { formatShort } from '../../lightgbm-text/format-number.js';
import type { TrainingParameters } from '../parameters/parameters.js';
import { EPSILON } from '../leaf-output.js';
import { binaryLoss } from './binary.js';
import type { Labels, Objective } from './objective.js';

/**
 * Log loss of softmax probabilities p: gradient p - 1 for the row's class and p for others, hessian K / (K - 1) p (1 - p)
 * for K classes (LightGBM's `multiclass`).
 * @throws InputError naming the first row whose target is no class number, or if `num_class` is missing
 */
export function softmaxObjective({ target, weight }: Labels, parameters: TrainingParameters): Objective {
  const classes = checkClasses(target, parameters);
  const factor = classes / (classes - 1);
  const shares = new Float64Array(classes);
  target.forEach((label, row) => (shares[label]! += weight ? weight[row]! : 1));
  const total = weight ? weight.reduce((sum, value) => sum + value, 0) : target.length;
  for (let k = 0; k < classes; k++) shares[k]! /= total;
  const probabilities = new Float64Array(classes);

  function gradients(scores: Float64Array[], pairs: Float32Array[]): void {
    for (let row = 0; row < target.length; row++) {
      softmaxOf(scores, row, probabilities);
      const own = weight ? weight[row]! : 1;
      for (let k = 0; k < classes; k++) {
        const p = probabilities[k]!;
        pairs[k]![2 * row] = (target[row] === k ? p - 1 : p) * own;
        pairs[k]![2 * row + 1] = factor * p * (1 - p) * own;
      }
    }
  }

  return {
    text: `multiclass num_class:${classes}`,
    outputs: classes,
    metric: 'multi_logloss',
    initialScore: (output) => Math.log(Math.max(EPSILON, shares[output]!)),
    needsTraining: (output) => shares[output]! > EPSILON && shares[output]! < 1 - EPSILON,
    gradients,
  };
}

function softmaxOf(scores: Float64Array[], row: number, into: Float64Array): void {
  let most = -Infinity;
  for (const score of scores) most = Math.max(most, score[row]!);
  let sum = 0;
  for (let k = 0; k < into.length; k++) sum += into[k] = Math.exp(scores[k]![row]! - most);
  for (let k = 0; k < into.length; k++) into[k]! /= sum;
}

/** One binary log loss a class, against all other classes (LightGBM's `multiclassova`). @throws as `softmaxObjective` */
export function oneVersusAll({ target, weight }: Labels, parameters: TrainingParameters): Objective {
  const classes = checkClasses(target, parameters);
  const losses = Array.from({ length: classes }, (_, label) =>
    binaryLoss(
      Uint8Array.from(target, (value) => Number(value === label)),
      weight,
      parameters,
    ),
  );
  return {
    text: `multiclassova num_class:${classes} sigmoid:${formatShort(parameters.sigmoid)}`,
    outputs: classes,
    metric: 'multi_logloss',
    initialScore: (output) => losses[output]!.initialScore(),
    needsTraining: (output) => losses[output]!.hasBothClasses,
    gradients: (scores, pairs, powers) => losses.forEach((loss, k) => loss.gradients(scores[k]!, pairs[k]!, powers)),
  };
}

function checkClasses(target: Float64Array, { num_class }: TrainingParameters): number {
  if (num_class < 2) throw new ParameterError('a multiclass objective needs "num_class" of at least 2', 'num_class');
  const wrong = target.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= num_class);
  if (wrong < 0) return num_class;
  throw new InputError(`target of row ${wrong + 1} is ${target[wrong]!}, expected a class from 0 to ${num_class - 1}`);
}
