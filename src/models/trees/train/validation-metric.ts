import { ParameterError } from '../../../common/errors.js';
import { averagePrecision, rocAuc } from '../../metrics/ranking.js';
import { scoreGroups } from '../../metrics/score-groups.js';
import { closest } from '../../../common/nearest.js';
import type { Labels } from '../objectives/objective.js';
import type { TrainingParameters } from '../parameters/parameters.js';
import { EPSILON } from '../leaf-output.js';

/** A figure on the validation rows, from raw scores and predictions (one array an output). */
export interface ValidationMetric {
  name: string;
  higherIsBetter: boolean;
  evaluate(raw: Float64Array[], predicted: Float64Array[]): number;
}

type Loss = (label: number, predictions: Float64Array[], row: number) => number;

/** Losses by LightGBM's names; a metric is their weighted mean over the rows. */
function lossesFor({ alpha }: TrainingParameters): Record<string, Loss> {
  const single =
    (loss: (label: number, prediction: number) => number): Loss =>
    (label, predictions, row) =>
      loss(label, predictions[0]![row]!);
  return {
    l2: single((y, p) => (p - y) ** 2),
    rmse: single((y, p) => (p - y) ** 2),
    l1: single((y, p) => Math.abs(p - y)),
    mape: single((y, p) => Math.abs(y - p) / Math.max(1, Math.abs(y))),
    huber: single((y, p) => {
      const size = Math.abs(p - y);
      return size <= alpha ? 0.5 * size * size : alpha * (size - 0.5 * alpha);
    }),
    poisson: single((y, p) => Math.max(p, 1e-10) - y * Math.log(Math.max(p, 1e-10))),
    binary_logloss: single((y, p) => -Math.log(Math.max(y > 0 ? p : 1 - p, EPSILON))),
    binary_error: single((y, p) => Number(p > 0.5 !== y > 0)),
    multi_logloss: (label, predictions, row) => -Math.log(Math.max(predictions[label]![row]!, EPSILON)),
    multi_error: (label, predictions, row) =>
      Number(predictions.some((others, k) => k !== label && others[row]! >= predictions[label]![row]!)),
  };
}

const ALIASES: Record<string, string> = {
  ...alias('l2', ['mean_squared_error', 'mse', 'regression_l2', 'regression']),
  ...alias('rmse', ['root_mean_squared_error', 'l2_root']),
  ...alias('l1', ['mean_absolute_error', 'mae', 'regression_l1']),
  ...alias('mape', ['mean_absolute_percentage_error']),
  ...alias('huber', []),
  ...alias('poisson', []),
  ...alias('binary_logloss', ['binary']),
  ...alias('binary_error', []),
  ...alias('multi_logloss', ['multiclass', 'softmax', 'multiclassova', 'multiclass_ova', 'ova', 'ovr']),
  ...alias('multi_error', []),
  ...alias('auc', []),
  ...alias('average_precision', []),
};

function alias(name: string, others: string[]): Record<string, string> {
  return Object.fromEntries([name, ...others].map((other) => [other, name]));
}

/** Opens metrics by LightGBM's names. @throws InputError naming an unknown one and the nearest known */
export function openMetrics(names: string[], labels: Labels, parameters: TrainingParameters): ValidationMetric[] {
  const known = names.map((name) => {
    const found = ALIASES[name];
    if (!found)
      throw new ParameterError(
        `unknown metric "${name}"; did you mean "${closest(name, Object.keys(ALIASES))}"?`,
        'metric',
        name,
      );
    return found;
  });
  const losses = lossesFor(parameters);
  return [...new Set(known)].map((name) =>
    name in losses ? lossMetric(name, losses[name]!, labels) : rankMetric(name, labels),
  );
}

function rankMetric(name: string, { target, weight }: Labels): ValidationMetric {
  const rank = name === 'auc' ? rocAuc : averagePrecision;
  const evaluate = ([raw]: Float64Array[]) =>
    // Without both classes every ranking is perfect, as LightGBM has it.
    rank(scoreGroups(target, raw!, weight ?? undefined)) ?? 1;
  return { name, higherIsBetter: true, evaluate };
}

function lossMetric(name: string, loss: Loss, { target, weight }: Labels): ValidationMetric {
  const evaluate = (_: Float64Array[], predicted: Float64Array[]) => {
    let sum = 0;
    let total = 0;
    for (let row = 0; row < target.length; row++) {
      const own = weight ? weight[row]! : 1;
      sum += own * loss(target[row]!, predicted, row);
      total += own;
    }
    return name === 'rmse' ? Math.sqrt(sum / total) : sum / total;
  };
  return { name, higherIsBetter: false, evaluate };
}
