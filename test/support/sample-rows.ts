import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { withSession } from '../../src/data/duckdb/session.js';
import { literal } from '../../src/data/duckdb/sql.js';
import { runUserSql } from '../../src/data/duckdb/user-sql.js';
import { entityHashSql } from '../../src/data/split.js';

export interface SampleRows {
  template: string;
  /** Of the template's `sample` folder. */
  script: string;
  scenario?: string;
  /** What stands in the script, and what stands there instead: other things, another day. */
  instead?: [string, string][];
  /** What becomes of the rows of `sample`. */
  select?: string;
}

/** Rows as the sample of a template makes them, of things that were not there before, as a CSV. */
export async function writeSampleRows(to: string, { template, script, ...wish }: SampleRows): Promise<void> {
  const { scenario = 'healthy', instead = [], select = 'SELECT * FROM sample' } = wish;
  const path = resolve(to);
  mkdirSync(dirname(path), { recursive: true });
  let sql = readFileSync(join('templates', template, 'sample', script), 'utf8');
  for (const [before, after] of instead) {
    if (!sql.includes(before)) throw new Error(`${script}: found no ${before}`);
    sql = sql.replaceAll(before, after);
  }
  await withSession({ folders: [dirname(path)] }, async (session) => {
    await session.run(`CREATE MACRO scenario() AS ${literal(scenario)}`);
    await session.run(`CREATE MACRO split_hash(entity) AS ${entityHashSql(42, 'entity')}`);
    await runUserSql(session, script, sql, 'sample');
    await session.run(`COPY (${select}) TO ${literal(path)} (FORMAT csv, HEADER)`);
  });
}
