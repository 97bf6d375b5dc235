import type { Task } from '../task.js';
import type { XgboostTransform } from '../trees/xgboost-scores.js';
import type { Place } from './places.js';

interface Objective {
  task: Task;
  transform: XgboostTransform;
  /** The base score is a probability (logit), a mean (log) or a sum already. */
  start: 'logit' | 'log' | 'sum';
}

const sums = (task: Task): Objective => ({ task, transform: 'identity', start: 'sum' });
const counts: Objective = { task: 'regression', transform: 'exp', start: 'log' };
const classes: Objective = { task: 'multiclass', transform: 'softmax', start: 'sum' };

/**
 * The objectives whose predictions are figures. `multi:softmax` is read as `multi:softprob`: the class is the likeliest
 * one. Not here: `binary:hinge` (says a class and no score), rankings and survival times.
 */
const objectives: Record<string, Objective> = {
  'binary:logistic': { task: 'binary', transform: 'sigmoid', start: 'logit' },
  'binary:logitraw': sums('binary'),
  'reg:logistic': { task: 'regression', transform: 'sigmoid', start: 'logit' },
  'reg:squarederror': sums('regression'),
  'reg:linear': sums('regression'),
  'reg:squaredlogerror': sums('regression'),
  'reg:pseudohubererror': sums('regression'),
  'reg:absoluteerror': sums('regression'),
  'reg:quantileerror': sums('regression'),
  'count:poisson': counts,
  'reg:gamma': counts,
  'reg:tweedie': counts,
  'multi:softprob': classes,
  'multi:softmax': classes,
};

/** @throws WrongInput naming an objective that is not read */
export function objectiveAt(place: Place): Objective & { name: string } {
  const name = place.text();
  const found = Object.hasOwn(objectives, name) ? objectives[name]! : undefined;
  return { name, ...(found ?? place.fail(`objective "${name}"`, `one of ${Object.keys(objectives).join(', ')}`)) };
}

/** The base score in the terms that leaves add to, with the 32-bit steps of XGBoost. */
export function startOf(place: Place, { start }: Pick<Objective, 'start'>, outputs: number): number[] {
  const scores = baseScores(place);
  if (scores.length !== 1 && scores.length !== outputs)
    place.fail(`${scores.length} base scores`, outputs === 1 ? 'one' : `1 or ${outputs}`);
  const all = scores.length === outputs ? scores : Array.from({ length: outputs }, () => scores[0]!);
  return all.map((score) => {
    if (start === 'sum') return score;
    const fits = start === 'logit' ? score > 0 && score < 1 : score > 0;
    if (!fits) place.fail(String(score), start === 'logit' ? 'a base score between 0 and 1' : 'a base score above 0');
    if (start === 'log') return Math.fround(Math.log(score));
    return -Math.fround(Math.log(Math.fround(Math.fround(1 / score) - 1)));
  });
}

/** `5E-1` as versions up to 3.0 write it, `[5E-1]` or one an output as later ones do. */
function baseScores(place: Place): number[] {
  const words = place
    .text()
    .replace(/^\[(.*)\]$/, '$1')
    .split(',');
  return words.map((word) => {
    const score = word.trim() === '' ? NaN : Math.fround(Number(word));
    return Number.isFinite(score) ? score : place.fail(JSON.stringify(place.value), 'a base score');
  });
}
