import { InputError } from '../../common/errors.js';
import type { Task } from '../../models/index.js';

/** The learners of `mlops model train`; xgboost's parameters are read, and LightGBM's trees grown. */
export const families = ['lightgbm', 'xgboost', 'random-forest', 'logistic-regression', 'ridge'] as const;
export type Family = (typeof families)[number];

/** What a training predicts: as its parameters say, else null, and the target decides. */
export function taskOf(family: Family, parameters: Record<string, unknown>): Task | null {
  if (family === 'ridge') return 'regression';
  if (family === 'logistic-regression') return null;
  if (family === 'random-forest') {
    const { task = null } = parameters;
    if (task === null || task === 'binary' || task === 'multiclass' || task === 'regression') return task;
    throw new InputError(
      `parameter "task" is ${JSON.stringify(task)}, expected "binary", "multiclass" or "regression"`,
    );
  }
  const names = ['objective', 'objective_type', 'app', 'application', 'loss'];
  const given = names.map((name) => parameters[name]).find((value) => typeof value === 'string');
  const objective = given ?? 'regression';
  if (objective.startsWith('multiclass') || objective === 'softmax') return 'multiclass';
  return objective === 'binary' ? 'binary' : 'regression';
}

/** The task that a target calls for: words and whole numbers 0 and 1 are classes, other numbers are values. */
export function taskFor(family: Family, target: Float64Array, classes: string[] | null): Task {
  if (classes) return classes.length > 2 ? 'multiclass' : 'binary';
  const most = target.reduce((largest, value) => Math.max(largest, value), 0);
  if (family === 'logistic-regression' && most > 1) return 'multiclass';
  return target.every((value) => value === 0 || value === 1) ? 'binary' : 'regression';
}
