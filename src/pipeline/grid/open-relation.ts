import { dirname } from 'node:path';
import { openSession, type Session } from '../../data/duckdb/session.js';
import { fileRelation, type Relation } from '../../data/grid/relation.js';
import type { GridSource } from '../../documents/grid/questions.js';

/** What a table may take of this machine's memory; more goes to the disk. */
const memoryLimit = '1GB';

/** A session that sees one table, and the table. */
export async function openRelation(
  scratch: string,
  source: GridSource,
): Promise<{ session: Session; relation: Relation }> {
  const session = await openSession({ folders: [scratch, dirname(source.path)], memoryLimit });
  try {
    return { session, relation: await fileRelation(session, source.path, source.hidden) };
  } catch (error) {
    session.close();
    throw error;
  }
}
