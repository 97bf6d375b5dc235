import { InputError } from '../../common/errors';
import { weightsOfRows } from '../class-weights';
import type { TrainingHooks } from '../progress';
import { boolean, classWeight, type ClassWeight, numberFrom, oneOf, readOptions, wholeFrom } from '../read-options';
import type { Training } from '../table/matrix';
import { yieldOften } from '../yield-often';
import type { LinearModel } from './linear-model';
import { logisticProblem } from './logistic-problem';
import { newton } from './newton';
import { standardise, type Standardised } from './standardise';

interface LogisticOptions {
  C: number;
  penalty: 'l2' | 'none' | null;
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
 * Trains a binary logistic regression: scikit-learn's objective, C * sum(w * log loss) + |coefficients|² / 2, by Newton's
 * method on columns that are standardised inside, so that columns of very different size do no harm.
 * @param given scikit-learn's names: C, penalty, class_weight, fit_intercept, max_iter, tol (on the mean loss's gradient)
 * @throws InputError for options or a table that cannot be used, CancelledError when the hooks' signal is aborted
 */
export async function trainLogistic(
  { matrix, target, weight }: Training,
  given: Record<string, unknown> = {},
  hooks: TrainingHooks = {},
): Promise<LinearModel> {
  const options = readLogisticOptions(given);
  checkBinary(target);
  const rowWeights = weightsOfRows(target, weight, options.class_weight);
  const data = standardise(matrix, rowWeights);
  if (!options.fit_intercept) uncentre(data);
  const penalty = options.penalty === 'l2' ? 1 / options.C : 0;
  const problem = logisticProblem(data, target, rowWeights, penalty, options.fit_intercept);
  const pause = yieldOften(hooks);
  const optimum = await newton(problem, options.tol, options.max_iter, async (round, gradient) => {
    await pause();
    hooks.onRound?.({ round, rounds: options.max_iter, metrics: { gradient } });
  });
  const { coefficients, intercept } = toOriginalUnits(data, optimum.point);
  return {
    kind: 'linear',
    link: 'sigmoid',
    featureNames: [...matrix.columns],
    coefficients: [coefficients],
    intercepts: [intercept],
    converged: optimum.converged,
    iterations: optimum.iterations,
    gradient: optimum.gradient,
    parameters: { ...options },
  };
}

function readLogisticOptions(given: Record<string, unknown>): LogisticOptions {
  return readOptions(
    given,
    {
      C: numberFrom(0, Infinity, true),
      penalty: oneOf<'l2' | 'none' | null>('l2', 'none', null),
      class_weight: classWeight,
      fit_intercept: boolean,
      max_iter: wholeFrom(1),
      tol: numberFrom(0, 1, true),
    },
    DEFAULTS,
    ['solver', 'random_state', 'n_jobs', 'verbose', 'warm_start'],
  );
}

function checkBinary(target: Float64Array): void {
  const wrong = target.findIndex((value) => value !== 0 && value !== 1);
  if (wrong >= 0) throw new InputError(`target of row ${wrong + 1} is ${target[wrong]!}, expected 0 or 1`);
  const positives = target.reduce((sum, value) => sum + value, 0);
  if (positives === 0 || positives === target.length)
    throw new InputError(
      `the target is ${positives === 0 ? 0 : 1} in all ${target.length} rows; expected both 0 and 1`,
    );
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
