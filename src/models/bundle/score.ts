import { InputError } from '../../common/errors.js';
import { predict, predictRaw } from '../predict.js';
import { applyPreprocessing } from '../preprocessing/apply.js';
import { isCategory } from '../table/columns.js';
import { smallTableScorer } from '../trees/small-tables.js';
import type { Matrix } from '../table/matrix.js';
import type { Bundle } from './bundle.js';
import { ownModel } from './outside-model.js';

/**
 * Scores rows with preprocessing and model: the probability of class 1 (binary) or the value (regression).
 * @throws InputError naming the columns that are missing, unknown or of another type
 */
export function score(bundle: Bundle, matrix: Matrix): Float64Array {
  if (bundle.task === 'multiclass') throw new InputError('a multiclass model has one score a class: use scores');
  return scores(bundle, matrix)[0]!;
}

/** As `score`, one array a class for a multiclass model. */
export function scores(bundle: Bundle, matrix: Matrix): Float64Array[] {
  return predict(ownModel(bundle), modelTable(bundle, matrix));
}

/** As `scores`, for a model that is asked often for few rows: what can be made ready for that is, at the first of them. */
export function quickScores(bundle: Bundle): (matrix: Matrix) => Float64Array[] {
  let ready: ((matrix: Matrix) => Float64Array[]) | undefined;
  return (matrix) => {
    const table = modelTable(bundle, matrix);
    const model = ownModel(bundle);
    if (model.kind !== 'trees') return predict(model, table);
    return (ready ??= smallTableScorer(model))(table);
  };
}

/**
 * The probability of every class of a multiclass model, one array a class: also of one that only says how probable the
 * second of two is.
 */
export function probabilities(bundle: Bundle, matrix: Matrix, score = scores): Float64Array[] {
  const columns = score(bundle, matrix);
  return columns.length === 1 && bundle.classes?.length === 2 ? [columns[0]!.map((p) => 1 - p), columns[0]!] : columns;
}

/** The scores before the objective's transform: margins or logits. */
export function marginScores(bundle: Bundle, matrix: Matrix): Float64Array[] {
  return predictRaw(ownModel(bundle), modelTable(bundle, matrix));
}

/** The table as the model sees it, after checking that it is what the model was trained on. */
export function modelTable(bundle: Bundle, matrix: Matrix): Matrix {
  checkInputs(bundle, matrix);
  return applyPreprocessing(bundle.preprocessing, matrix);
}

/** Columns may stand in another order; more, fewer or other ones are not what the model was trained on. */
function checkInputs({ inputs }: Bundle, matrix: Matrix): void {
  const isSame = inputs.every(
    ({ name, type }, place) => matrix.columns[place] === name && isCategory(matrix, name) === (type === 'category'),
  );
  if (isSame && matrix.columns.length === inputs.length) return;
  const expected = new Map(inputs.map(({ name, type }) => [name, type]));
  const found = new Map(matrix.columns.map((name) => [name, isCategory(matrix, name) ? 'category' : 'number']));
  const problems = [
    ...inputs.filter(({ name }) => !found.has(name)).map(({ name }) => `${name} is missing`),
    ...matrix.columns.filter((name) => !expected.has(name)).map((name) => `${name} is not an input of the model`),
    ...inputs
      .filter(({ name, type }) => found.has(name) && found.get(name) !== type)
      .map(({ name, type }) => `${name} holds ${plural(found.get(name)!)}, expected ${plural(type)}`),
  ];
  if (problems.length > 0) throw new InputError(`the table does not fit the model: ${problems.join('; ')}`);
}

function plural(type: string): string {
  return type === 'category' ? 'categories' : 'numbers';
}
