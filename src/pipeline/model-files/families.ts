import { InputError } from '../../common/errors.js';
import type { Task } from '../../models/task.js';

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
  const objective = objectiveIn(parameters) ?? 'regression';
  if (objective.startsWith('multiclass') || objective === 'softmax') return 'multiclass';
  return objective === 'binary' ? 'binary' : 'regression';
}

function objectiveIn(parameters: Record<string, unknown>): string | undefined {
  const names = ['objective', 'objective_type', 'app', 'application', 'loss'];
  return names.map((name) => parameters[name]).find((value) => typeof value === 'string');
}

/** More classes than this are rather counts or grades. */
const mostClasses = 10;

/**
 * How many classes a target of numbers seems to hold, where it is learned as a value and nobody asked for that: whole
 * numbers from 0 or 1 on without a gap. Null where there is nothing to say.
 */
export function classesTakenForValues(
  family: Family,
  parameters: Record<string, unknown>,
  target: Float64Array,
): { count: number; largest: number } | null {
  const asked = family === 'random-forest' ? parameters.task : family === 'ridge' || objectiveIn(parameters);
  if (asked || family === 'logistic-regression') return null;
  const values = new Set<number>();
  for (const value of target) {
    if (!Number.isInteger(value) || value < 0 || value > mostClasses) return null;
    values.add(value);
  }
  const least = Math.min(...values);
  const largest = Math.max(...values);
  const gapless = least <= 1 && largest - least === values.size - 1;
  // A forest takes 0 and 1 for classes by itself.
  return gapless && values.size >= (family === 'random-forest' ? 3 : 2) ? { count: values.size, largest } : null;
}

/** The task that a target calls for: words and whole numbers 0 and 1 are classes, other numbers are values. */
export function taskFor(family: Family, target: Float64Array, classes: string[] | null): Task {
  if (classes) return classes.length > 2 ? 'multiclass' : 'binary';
  const most = target.reduce((largest, value) => Math.max(largest, value), 0);
  if (family === 'logistic-regression' && most > 1) return 'multiclass';
  return target.every((value) => value === 0 || value === 1) ? 'binary' : 'regression';
}
