import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../../common/errors.js';
import { moveAtomic } from '../../common/files.js';
import { allRecords, latestRecords } from '../../data/feature-group.js';
import { counted, cutReason, firstRows } from '../../data/preview/first-rows.js';
import type { Session } from '../../data/duckdb/session.js';
import { literal } from '../../data/duckdb/sql.js';
import { runUserSql } from '../../data/duckdb/user-sql.js';
import type { QueryResult } from '../../documents/tables/query-result.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { FeatureGroup } from '../../platform/ports/features.js';
import { groupSession } from '../features/read-groups.js';

export interface QueryWish {
  sql: string;
  /** Rows in the answer. */
  limit: number;
  /** A .csv or .parquet file for the whole result. */
  out?: string;
}

/** What the answer's table is called while it is made. */
const answer = 'mlops_answer';

/**
 * A SELECT over a feature group's files, in a session that sees nothing else. `records` is the latest of each record id,
 * without those that were deleted; `history` is everything that was ever written.
 * @throws InputError for a group without files, and for SQL that is wrong, with its line
 */
export async function queryGroup(
  environment: Environment,
  group: FeatureGroup,
  { sql, limit, out }: QueryWish,
  now: Date,
  { signal = new AbortController().signal }: CallOptions = {},
): Promise<QueryResult> {
  const files = await environment.features.files(group.name, { signal });
  if (files.length === 0)
    throw new InputError(`feature group ${group.name}: found no records, expected some; run: mlops features`);
  const target = out === undefined ? undefined : resolve(out);
  const scratch = await mkdtemp(join(tmpdir(), 'mlops-query-'));
  try {
    return await groupSession(scratch, files, signal, async (session) => {
      await session.run(`CREATE VIEW history AS ${allRecords(files)}`);
      await session.run(`CREATE VIEW records AS ${latestRecords(files, group)}`);
      await runUserSql(session, '--sql', sql, answer);
      const all = `SELECT * FROM ${answer}`;
      const columns = await session.describe(all);
      const { rows, cut } = await firstRows(session, all, columns, limit);
      const { total } = await counted(session, all, []);
      if (target !== undefined) await save(session, join(scratch, 'result'), target);
      return {
        ...{ kind: 'query-result', schemaVersion: 1, group: group.name, environment: environment.name, sql },
        ...{ engine: 'duckdb', at: now.toISOString(), columns, rows, total, result: target ?? null },
        reasons: cutReason(cut),
      };
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Written where the session may write, and moved when it is whole. */
async function save(session: Session, path: string, target: string): Promise<void> {
  const format = target.endsWith('.parquet') ? 'FORMAT parquet' : 'FORMAT csv, HEADER';
  await session.run(`COPY ${answer} TO ${literal(path)} (${format})`);
  await moveAtomic(path, target, { temporary: dirname(target) });
}
