import { InputError } from '../../../common/errors';
import { averagePrecision, rocAuc } from '../../metrics/ranking';
import { scoreGroups } from '../../metrics/score-groups';
import { nearest } from '../../nearest-name';
import { EPSILON } from './leaf-output';

/** A figure on the validation rows, from raw scores and predictions (one array an output). */
export interface ValidationMetric {
  name: string;
  higherIsBetter: boolean;
  evaluate(raw: Float64Array[], predicted: Float64Array[]): number;
}

interface Rows {
  target: Float64Array;
  weight: Float32Array | null;
}

type Loss = (label: number, prediction: number) => number;

const LOSSES: Record<string, { loss: Loss; root?: boolean }> = {
  l2: { loss: (y, p) => (p - y) ** 2 },
  rmse: { loss: (y, p) => (p - y) ** 2, root: true },
  l1: { loss: (y, p) => Math.abs(p - y) },
  mape: { loss: (y, p) => Math.abs(y - p) / Math.max(1, Math.abs(y)) },
  binary_logloss: { loss: (y, p) => -Math.log(Math.max(y > 0 ? p : 1 - p, EPSILON)) },
  binary_error: { loss: (y, p) => Number(p > 0.5 !== y > 0) },
};

const ALIASES: Record<string, string> = {
  ...alias('l2', ['mean_squared_error', 'mse', 'regression_l2', 'regression']),
  ...alias('rmse', ['root_mean_squared_error', 'l2_root']),
  ...alias('l1', ['mean_absolute_error', 'mae', 'regression_l1']),
  ...alias('mape', ['mean_absolute_percentage_error']),
  ...alias('binary_logloss', ['binary']),
  ...alias('binary_error', []),
  ...alias('auc', []),
  ...alias('average_precision', []),
};

function alias(name: string, others: string[]): Record<string, string> {
  return Object.fromEntries([name, ...others].map((other) => [other, name]));
}

/** Opens metrics by LightGBM's names. @throws InputError naming an unknown one and the nearest known */
export function openMetrics(names: string[], rows: Rows): ValidationMetric[] {
  const known = names.map((name) => {
    const found = ALIASES[name];
    if (!found)
      throw new InputError(`unknown metric "${name}"; did you mean "${nearest(name, Object.keys(ALIASES))}"?`);
    return found;
  });
  return [...new Set(known)].map((name) => openMetric(name, rows));
}

function openMetric(name: string, rows: Rows): ValidationMetric {
  if (name === 'auc' || name === 'average_precision') {
    const rank = name === 'auc' ? rocAuc : averagePrecision;
    const evaluate = ([raw]: Float64Array[]) =>
      // Without both classes every ranking is perfect, as LightGBM has it.
      rank(scoreGroups(rows.target, raw!, rows.weight ?? undefined)) ?? 1;
    return { name, higherIsBetter: true, evaluate };
  }
  const { loss, root } = LOSSES[name]!;
  const evaluate = (_: Float64Array[], [predicted]: Float64Array[]) => {
    const mean = meanLoss(rows, predicted!, loss);
    return root ? Math.sqrt(mean) : mean;
  };
  return { name, higherIsBetter: false, evaluate };
}

function meanLoss({ target, weight }: Rows, predicted: Float64Array, loss: Loss): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < target.length; row++) {
    const own = weight ? weight[row]! : 1;
    sum += own * loss(target[row]!, predicted[row]!);
    total += own;
  }
  return sum / total;
}
