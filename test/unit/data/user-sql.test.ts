import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../../src/common/errors.js';
import { withSession } from '../../../src/data/duckdb/session.js';
import { runUserSql } from '../../../src/data/duckdb/user-sql.js';
import { temporaryFolder } from '../../support/temporary.js';

describe("a project's SQL", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => folder.remove());

  const target = () => join(folder.path, 'written.csv');
  const run = (sql: string) =>
    withSession({ folders: [folder.path] }, async (session) => {
      await runUserSql(session, 'features.sql', sql, 'made');
      return session.rows('SELECT * FROM made');
    });

  it('keeps the rows of its last SELECT', async () => {
    assert.deepEqual(await run("CREATE TABLE t AS SELECT 'a;b' AS x; SELECT * FROM t"), [{ x: 'a;b' }]);
  });

  const hidden = {
    'behind a text that only looks like one with escapes': (copy: string) =>
      String.raw`CREATE TABLE a AS SELECT 'x' = date'2020\'; ${copy}; SELECT '1' AS x`,
    'in the SELECT at the end': (copy: string) => String.raw`SELECT 1 AS date, name'2020\'; ${copy}; SELECT '1' AS x`,
    'behind what may be a dollar quote': (copy: string) => `CREATE TABLE a$$ AS SELECT 1; ${copy}; SELECT 1 AS a$$`,
  };
  for (const [where, sql] of Object.entries(hidden))
    it(`writes no file by a COPY ${where}`, async () => {
      await assert.rejects(run(sql(`COPY (SELECT 1) TO '${target()}'`)), InputError);
      assert.ok(!existsSync(target()));
    });
});
