import type { Session } from './duckdb/session.js';
import type { Scoring } from './scored-copy.js';

type Given = Parameters<Scoring['score']>[0];

/**
 * Brings the inputs of a table's rows some thousands at a time, in the table's order: numbers with NaN for a missing one,
 * words with null.
 * @param source a SELECT
 */
export async function eachChunk(
  session: Session,
  source: string,
  inputs: Scoring['inputs'],
  work: (columns: Given, rows: number) => Promise<void>,
): Promise<void> {
  const selected = inputs.map(({ sql, kind }) =>
    kind === 'number' ? `coalesce((${sql})::DOUBLE, 'NaN'::DOUBLE)` : `(${sql})::VARCHAR`,
  );
  const result = await session.connection.stream(`SELECT ${selected.join(', ')} FROM (${source})`);
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const columns = inputs.map(({ kind }, at) => {
      const values = chunk.getColumnValues(at);
      return kind === 'number' ? Float64Array.from(values as number[]) : (values as (string | null)[]);
    });
    await work(columns, chunk.rowCount);
  }
}
