import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { withSession } from './duckdb/session.js';
import { identifier, literal } from './duckdb/sql.js';
import { readTable } from './tables.js';

/**
 * Whether the score beside a predicted class is that class's own, rather than the positive one's: then none beside another
 * class is below one half.
 */
export async function scoresAreOwn(
  file: string,
  { score, predicted, positive }: { score: string; predicted: string; positive: string },
): Promise<boolean> {
  return withSession({ folders: [tmpdir(), dirname(file)] }, async (session) => {
    const { select } = await readTable(session, [file]);
    const [row] = await session.rows(
      `SELECT min(${identifier(score)}) >= 0.5 AS own FROM (${select}) WHERE ${identifier(predicted)}::VARCHAR <> ${literal(positive)}`,
    );
    return row?.own === true;
  });
}
