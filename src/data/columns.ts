import type { DuckDBConnection, DuckDBVector } from '@duckdb/node-api';
import { CancelledError } from '../common/errors.js';
import { identifier } from './duckdb/sql.js';

/** A table as columns: `values[i]` belongs to `columns[i]`; null is NaN. Texts that were asked for stand apart. */
export interface Columns {
  rows: number;
  columns: string[];
  values: Float64Array[];
  text: Map<string, (string | null)[]>;
}

/** Grows by doubling, so that a column of unknown length is copied a few times only. */
function growing() {
  let values = new Float64Array(4096);
  return {
    write(at: number, vector: DuckDBVector) {
      const end = at + vector.itemCount;
      if (end > values.length) {
        const larger = new Float64Array(Math.max(values.length * 2, end));
        larger.set(values.subarray(0, at));
        values = larger;
      }
      for (let i = at; i < end; i++) values[i] = vector.getItem(i - at) as number;
    },
    finish: (length: number) => values.slice(0, length),
  };
}

/**
 * Runs a SELECT and brings its result as columns: all as numbers (booleans as 0 and 1) except those named in `text`.
 * Memory is what the columns take, twice at most; DuckDB's chunks are dropped as they are read.
 */
export async function readColumns(
  connection: DuckDBConnection,
  sql: string,
  text: string[],
  parameters?: (string | number | boolean | null)[],
  signal?: AbortSignal,
): Promise<Columns> {
  const described = await connection.runAndReadAll(`DESCRIBE (${sql})`, parameters);
  const names = described.getRowObjects().map((row) => String(row.column_name));
  const numeric = names.filter((name) => !text.includes(name));
  // Null becomes NaN in DuckDB, for asking a vector about each value's validity is slow.
  const numbers = numeric.map((name) => `coalesce(${identifier(name)}::DOUBLE, 'NaN'::DOUBLE)`);
  const texts = text.map((name) => `${identifier(name)}::VARCHAR`);

  const result = await connection.stream(`SELECT ${[...numbers, ...texts].join(', ')} FROM (${sql})`, parameters);
  const grown = numeric.map(growing);
  const words = text.map((): (string | null)[] => []);
  let rows = 0;
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    if (signal?.aborted) throw new CancelledError();
    for (const [i, column] of grown.entries()) column.write(rows, chunk.getColumnVector(i));
    for (const [i, list] of words.entries()) {
      for (const value of chunk.getColumnValues(numeric.length + i)) list.push(value as string | null);
    }
    rows += chunk.rowCount;
  }
  return {
    rows,
    columns: numeric,
    values: grown.map((column) => column.finish(rows)),
    text: new Map(text.map((name, i) => [name, words[i]!])),
  };
}
