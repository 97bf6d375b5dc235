import { duckdb } from './duckdb/library.js';
import type { Session } from './duckdb/session.js';
import { identifier, literal } from './duckdb/sql.js';

/** Rows that are scored while they pass from one table to another. */
export interface Scoring {
  /** What scores are made of, as SQL over the source: a number, or a word as text. */
  inputs: { sql: string; kind: 'number' | 'word' }[];
  /** How many scores a row has. */
  outputs: number;
  /**
   * Scores of at most `mostRows` rows, one array an output; called in no order. A missing number is NaN, a missing word
   * null.
   */
  score: (columns: (Float64Array | (string | null)[])[], rows: number) => Float64Array[];
  /** Further columns of the result by name, as SQL over a row's scores, which are null where they are no number. */
  columns: (scores: (output: number) => string) => { name: string; sql: string }[];
}

/** What the scores are called on their way: no column of anybody's. */
const found = identifier('scores of this row');

/** DuckDB's vectors hold so many rows. */
export const mostRows = 2048;

/**
 * Copies a table to a file with columns of scores beside its own, which never leave DuckDB: each value stays what it is.
 * Order is kept, and memory does not grow with the rows.
 * @param source a SELECT
 * @param format COPY's options: `FORMAT parquet`
 * @throws what `score` throws
 */
export async function copyScored(
  session: Session,
  source: string,
  { inputs, outputs, score, columns }: Scoring,
  { path, format }: { path: string; format: string },
): Promise<void> {
  const { ARRAY, DOUBLE, DuckDBScalarFunction, VARCHAR, arrayValue } = duckdb();
  let failure: { error: unknown } | undefined;
  const one = outputs === 1;
  session.connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: 'row_scores',
      returnType: one ? DOUBLE : ARRAY(DOUBLE, outputs),
      parameterTypes: inputs.map(({ kind }) => (kind === 'number' ? DOUBLE : VARCHAR)),
      volatile: true,
      // A missing word is a word like others.
      specialHandling: true,
      mainFunction: (_info, chunk, result) => {
        const { rowCount } = chunk;
        try {
          const given = inputs.map(({ kind }, at) =>
            kind === 'number'
              ? numbersOf(chunk.getColumnVector(at), rowCount)
              : (chunk.getColumnValues(at) as (string | null)[]),
          );
          const scores = score(given, rowCount);
          const [only] = scores as [Float64Array];
          for (let row = 0; row < rowCount; row++)
            result.setItem(row, one ? only[row]! : arrayValue(scores.map((values) => values[row]!)));
          result.flush();
        } catch (error) {
          failure ??= { error };
          throw error;
        }
      },
    }),
  );
  const numbers = inputs.map(({ sql, kind }) =>
    kind === 'number' ? `coalesce((${sql})::DOUBLE, 'NaN'::DOUBLE)` : `(${sql})::VARCHAR`,
  );
  const further = columns((output) => `nullif(${one ? found : `${found}[${output + 1}]`}, 'NaN'::DOUBLE)`);
  const added = further.map(({ name, sql }) => `${sql} AS ${identifier(name)}`);
  const scored = `SELECT *, row_scores(${numbers.join(', ')}) AS ${found} FROM (${source})`;
  const select = `SELECT * EXCLUDE (${found}), ${added.join(', ')} FROM (${scored})`;
  try {
    await session.run(`COPY (${select}) TO ${literal(path)} (${format})`);
  } catch (error) {
    throw failure === undefined ? error : failure.error;
  }
}

/** A vector of doubles without a look at each value's validity: none is null. */
function numbersOf(vector: object, rows: number): Float64Array {
  const { items } = vector as { items?: unknown };
  if (items instanceof Float64Array) return items.subarray(0, rows);
  const values = vector as { getItem: (row: number) => number };
  return Float64Array.from({ length: rows }, (_, row) => values.getItem(row));
}
