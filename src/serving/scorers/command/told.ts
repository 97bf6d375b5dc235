import type { Matrix } from '../../../models/table/matrix.js';
import { PredictionError } from '../../failure.js';
import { joined } from './batches.js';
import { scoresIn, type Expected } from './read-answer.js';

/** What an answer says of the rows that were sent; `wrong` where it has a score for none: what it would have to be. */
export interface Told {
  scores: Float64Array[];
  wrong?: PredictionError;
}

/** None of several rows has a score: the answers are of another shape, unless other rows get some. */
export class NothingScored extends PredictionError {
  constructor(
    wrong: PredictionError,
    /** NaN, as many as were asked for. */
    readonly scores: Float64Array[],
  ) {
    super(wrong.message, { cause: wrong });
  }
}

/** Reads an answer whose rows may have no score. @throws PredictionError as `scoresIn` does */
export function toldIn(text: string, contentType: string, expected: Expected): Told {
  const scores = scoresIn(text, contentType, { ...expected, gaps: true });
  if (!scores[0]!.every(Number.isNaN)) return { scores };
  try {
    return { scores: scoresIn(text, contentType, { ...expected, gaps: false }) };
  } catch (error) {
    if (!(error instanceof PredictionError)) throw error;
    return { scores, wrong: error };
  }
}

/** The scores of all requests, one array an output. @throws NothingScored where none of several rows has one */
export function scoresOf(answers: readonly Told[], table: Matrix, outputs: number): Float64Array[] {
  const scores = joined(
    answers.map((answer) => answer.scores),
    table,
    outputs,
  );
  const wrong = answers.map((answer) => answer.wrong);
  if (table.rows > 1 && !wrong.includes(undefined)) throw new NothingScored(wrong[0]!, scores);
  return scores;
}
