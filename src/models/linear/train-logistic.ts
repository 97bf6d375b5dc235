import { InputError, ParameterError } from '../../common/errors.js';
import { weightsOfRows } from '../class-weights.js';
import type { TrainingHooks } from '../progress.js';
import { boolean, classWeight, type ClassWeight, numberFrom, oneOf, readOptions, wholeFrom } from '../read-options.js';
import type { Training } from '../table/matrix.js';
import { yieldOften } from '../yield-often.js';
import type { LinearModel } from './linear-model.js';
import { logisticProblem } from './logistic-problem.js';
import { lassoNewton } from './lasso-newton.js';
import { newton, type Optimum } from './newton.js';
import { softmaxProblem } from './softmax-problem.js';
import { standardise, type Standardised } from './standardise.js';

interface LogisticOptions {
  C: number;
  penalty: 'l2' | 'l1' | 'none' | null;
  class_weight: ClassWeight;
  fit_intercept: boolean;
  max_iter: number;
  tol: number;
}

const DEFAULTS: LogisticOptions = {
  C: 1,
  penalty: 'l2',
  class_weight: null,
  fit_intercept: true,
  max_iter: 100,
  tol: 1e-10,
};

/**
 * Trains a logistic regression: scikit-learn's objective, C * sum(w * log loss) plus |coefficients|² / 2 (l2) or
 * |coefficients| (l1), intercepts free, by Newton's method on columns that are standardised inside, so that columns of very
 * different size do no harm. A target of 0 and 1 gives one row of coefficients, classes 0, 1, 2 … one each.
 * @param given scikit-learn's names: C, penalty, class_weight, fit_intercept, max_iter, tol (on the mean loss's gradient)
 * @throws InputError for options or a table that cannot be used, CancelledError when the hooks' signal is aborted
 */
export async function trainLogistic(
  { matrix, target, weight }: Training,
  given: Record<string, unknown> = {},
  hooks: TrainingHooks = {},
): Promise<LinearModel> {
  const options = readLogisticOptions(given);
  const classes = countClasses(target);
  if (classes > 2 && options.penalty === 'l1')
    throw new ParameterError('penalty "l1" needs a target of 0 and 1', 'penalty');
  const rowWeights = weightsOfRows(target, weight, options.class_weight);
  const data = standardise(matrix, rowWeights);
  if (!options.fit_intercept) uncentre(data);
  const optimum = await optimise(data, target, rowWeights, options, classes, hooks);
  const width = matrix.columns.length + 1;
  const outputs = centred(optimum.point, width, classes).map((part) => toOriginalUnits(data, part));
  return {
    kind: 'linear',
    link: classes > 2 ? 'softmax' : 'sigmoid',
    featureNames: [...matrix.columns],
    coefficients: outputs.map(({ coefficients }) => coefficients),
    intercepts: outputs.map(({ intercept }) => intercept),
    converged: optimum.converged,
    iterations: optimum.iterations,
    gradient: optimum.gradient,
    parameters: { ...options },
  };
}

function optimise(
  data: Standardised,
  target: Float64Array,
  weight: Float64Array,
  { C, penalty, fit_intercept, tol, max_iter }: LogisticOptions,
  classes: number,
  hooks: TrainingHooks,
): Promise<Optimum> {
  const ridge = penalty === 'l2' ? 1 / C : 0;
  const wait = yieldOften(hooks);
  const pause = async (round: number, gradient: number) => {
    await wait();
    hooks.onRound?.({ round, rounds: max_iter, metrics: { gradient } });
  };
  if (classes > 2)
    return newton(softmaxProblem(data, target, weight, ridge, fit_intercept, classes), tol, max_iter, pause);
  const problem = logisticProblem(data, target, weight, ridge, fit_intercept);
  if (penalty !== 'l1') return newton(problem, tol, max_iter, pause);
  const total = weight.reduce((sum, value) => sum + value, 0);
  const lasso = Float64Array.of(0, ...data.scale.map((scale) => 1 / (C * scale * total)));
  return lassoNewton(problem, lasso, tol, max_iter, pause);
}

/** Adding the same to all classes changes nothing; of all such points the one with mean 0 is taken. */
function centred(point: Float64Array, width: number, classes: number): Float64Array[] {
  if (classes <= 2) return [point];
  const parts = Array.from({ length: classes }, (_, k) => point.slice(k * width, (k + 1) * width));
  const mean = (j: number) => parts.reduce((sum, part) => sum + part[j]!, 0) / classes;
  const means = Float64Array.from({ length: width }, (_, j) => mean(j));
  return parts.map((part) => part.map((value, j) => value - means[j]!));
}

/** @throws InputError naming an unknown option with the nearest known one, or a wrong value */
export function readLogisticOptions(given: Record<string, unknown>): LogisticOptions {
  return readOptions(
    given,
    {
      C: numberFrom(0, Infinity, true),
      penalty: oneOf<LogisticOptions['penalty']>('l2', 'l1', 'none', null),
      class_weight: classWeight,
      fit_intercept: boolean,
      max_iter: wholeFrom(1),
      tol: numberFrom(0, 1, true),
    },
    DEFAULTS,
    ['solver', 'random_state', 'n_jobs', 'verbose', 'warm_start'],
  );
}

function countClasses(target: Float64Array): number {
  const wrong = target.findIndex((value) => !Number.isInteger(value) || value < 0 || value > 10000);
  if (wrong >= 0)
    throw new InputError(`target of row ${wrong + 1} is ${target[wrong]!}, expected 0 and 1, or classes 0, 1, 2 …`);
  const seen = new Set(target);
  if (seen.size < 2)
    throw new InputError(`the target is ${target[0]!} in all ${target.length} rows; expected both 0 and 1`);
  return Math.max(...seen) + 1;
}

/** Without an intercept the columns may not be moved, only scaled. */
export function uncentre(data: Standardised): void {
  data.columns.forEach((column, j) => {
    const shift = data.mean[j]! / data.scale[j]!;
    for (let row = 0; row < column.length; row++) column[row]! += shift;
    data.mean[j] = 0;
  });
}

/** [intercept, coefficients…] of the standardised columns in the units of the columns as they came. */
export function toOriginalUnits(
  { mean, scale }: Standardised,
  point: Float64Array,
): { coefficients: number[]; intercept: number } {
  const coefficients = Array.from(scale, (own, j) => point[j + 1]! / own);
  const intercept = coefficients.reduce((rest, coefficient, j) => rest - coefficient * mean[j]!, point[0]!);
  return { coefficients, intercept };
}
