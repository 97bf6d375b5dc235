import { ParameterError, UnknownParameter, WrongParameter } from '../../../common/errors.js';
import { closest } from '../../../common/nearest.js';
import { readParameters } from './read-parameters.js';

const NAMES: Record<string, string> = {
  eta: 'learning_rate',
  learning_rate: 'learning_rate',
  n_estimators: 'num_iterations',
  num_boost_round: 'num_iterations',
  max_depth: 'max_depth',
  max_leaves: 'num_leaves',
  min_child_weight: 'min_sum_hessian_in_leaf',
  gamma: 'min_gain_to_split',
  min_split_loss: 'min_gain_to_split',
  alpha: 'lambda_l1',
  reg_alpha: 'lambda_l1',
  lambda: 'lambda_l2',
  reg_lambda: 'lambda_l2',
  max_delta_step: 'max_delta_step',
  subsample: 'bagging_fraction',
  colsample_bytree: 'feature_fraction',
  colsample_bynode: 'feature_fraction_bynode',
  scale_pos_weight: 'scale_pos_weight',
  max_bin: 'max_bin',
  num_class: 'num_class',
  seed: 'seed',
  random_state: 'seed',
  early_stopping_rounds: 'early_stopping_round',
  objective: 'objective',
  eval_metric: 'metric',
  monotone_constraints: 'monotone_constraints',
};

const IGNORED = ['nthread', 'n_jobs', 'verbosity', 'tree_method', 'booster', 'device', 'use_label_encoder', 'missing'];

const OBJECTIVES: Record<string, string> = {
  'binary:logistic': 'binary',
  'multi:softprob': 'multiclass',
  'multi:softmax': 'multiclass',
  'reg:squarederror': 'regression',
  'reg:absoluteerror': 'regression_l1',
  'reg:pseudohubererror': 'huber',
  'count:poisson': 'poisson',
};

const METRICS: Record<string, string> = {
  auc: 'auc',
  aucpr: 'average_precision',
  logloss: 'binary_logloss',
  error: 'binary_error',
  mlogloss: 'multi_logloss',
  merror: 'multi_error',
  rmse: 'rmse',
  mae: 'l1',
  mape: 'mape',
  'poisson-nloglik': 'poisson',
};

/**
 * Turns XGBoost's parameters into LightGBM's, with XGBoost's own defaults where LightGBM's differ.
 * @returns the parameters, and for a report one sentence for each name that was turned
 * @throws InputError naming a parameter or value that has no counterpart, and the nearest that has
 */
export function fromXgboost(given: Record<string, unknown>): { parameters: Record<string, unknown>; notes: string[] } {
  const parameters: Record<string, unknown> = {
    learning_rate: 0.3,
    max_depth: 6,
    // Trees of XGBoost grow by depth: no limit on leaves but 2^depth, none on rows.
    num_leaves: 64,
    min_data_in_leaf: 0,
    min_sum_hessian_in_leaf: 1,
    lambda_l2: 1,
  };
  const notes: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (IGNORED.includes(name)) continue;
    const own = NAMES[name];
    if (own === undefined)
      throw new UnknownParameter(
        `parameter "${name}" of XGBoost has no counterpart; did you mean "${closest(name, Object.keys(NAMES))}"?`,
        name,
      );
    parameters[own] = valueOf(own, value);
    checkValue(own, parameters[own], name);
    if (own !== name) notes.push(`XGBoost's ${name} is taken as ${own}`);
  }
  if (given.max_leaves === undefined) parameters.num_leaves = leavesOf(Number(parameters.max_depth));
  if (parameters.bagging_fraction !== undefined) parameters.bagging_freq = 1;
  return { parameters, notes };
}

/** A value that is out of range is told by the name that it was given by. */
function checkValue(own: string, value: unknown, name: string): void {
  try {
    readParameters({ [own]: value });
  } catch (error) {
    if (!(error instanceof WrongParameter)) throw error;
    throw new WrongParameter(name, error.value, error.expected, { cause: error });
  }
}

function valueOf(name: string, value: unknown): unknown {
  if (name === 'objective') return translate(name, String(value), OBJECTIVES);
  if (name !== 'metric') return value;
  const metrics = Array.isArray(value) ? value : [value];
  return metrics.map((metric) => translate('eval_metric', String(metric), METRICS));
}

function translate(name: string, value: string, table: Record<string, string>): string {
  const own = table[value];
  if (own !== undefined) return own;
  const near = closest(value, Object.keys(table));
  throw new ParameterError(`${name} "${value}" has no counterpart; did you mean "${near}"?`, name);
}

function leavesOf(depth: number): number {
  return depth > 0 ? Math.min(2 ** depth, 131072) : 131072;
}
