import { columnOf } from '../../models/table/columns.js';
import { givenColumns } from '../../project/elsewhere.js';
import type { Candidate } from '../../project/schema.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { textsOf } from '../../models/table/texts.js';
import type { Matrix } from '../../models/table/matrix.js';
import { classScores, type ClassScoresOfRows } from './classes.js';
import { filterPart, type Part } from './parts.js';

/** The column that names the predicted class of rows whose predictions are made elsewhere; undefined: their scores do. */
const classColumn = ({ family, metadata }: Bundle): string | undefined => {
  const column = metadata.predicted_class_column;
  return family === 'given' && typeof column === 'string' ? column : undefined;
};

/**
 * What is said of rows by a model of several classes, or by a column of predicted classes: the predicted class as its
 * place, NaN for a row without, and the probabilities of all, none where only the class is known. A class that is
 * predicted here and that the reference had not comes after those it had.
 */
export function saidClasses(bundle: Bundle, matrix: Matrix): ClassScoresOfRows & { predicted: Float64Array } {
  const column = classColumn(bundle);
  if (column === undefined) {
    const scored = classScores(bundle, matrix);
    return bundle.family === 'given' ? { ...scored, elsewhere: true } : scored;
  }
  const known = bundle.classes ?? [];
  const said = textsOf(matrix, column);
  const fresh = [...new Set(said)].filter((name) => name !== null && !known.includes(name)) as string[];
  const classes = [...known, ...fresh.sort()];
  const places = new Map(classes.map((name, place) => [name, place]));
  const scored = bundle.metadata.has_scores === false ? undefined : classScores(bundle, matrix);
  const predicted = Float64Array.from(said, (name, row) =>
    name === null || Number.isNaN(scored?.predicted[row]) ? NaN : places.get(name)!,
  );
  return { classes, probabilities: scored?.probabilities ?? [], predicted, elsewhere: true };
}

/** The rows that have all their predictions, where those are made elsewhere: what was not predicted cannot be judged. */
export function predictedRows(part: Part, candidates: readonly Candidate[]): Part {
  const columns = candidates
    .flatMap(givenColumns)
    .filter((name) => part.matrix.columns.includes(name))
    .map((name) => columnOf(part.matrix, name));
  const isPredicted = (row: number) => columns.every((column) => !Number.isNaN(column[row]!));
  return columns.length === 0 ? part : filterPart(part, isPredicted);
}
