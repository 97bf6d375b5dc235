import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../../src/common/errors.js';
import { withSession } from '../../../src/data/duckdb/session.js';
import { freshnessOf } from '../../../src/pipeline/feature-groups/freshness.js';
import { queryGroup } from '../../../src/pipeline/feature-groups/query.js';
import { openLocal } from '../../../src/platform/local/index.js';
import type { Environment } from '../../../src/platform/ports/environment.js';
import type { FeatureGroup } from '../../../src/platform/ports/features.js';
import { temporaryFolder } from '../../support/temporary.js';

const now = new Date('2026-11-21T09:33:00Z');

describe('a query of a feature group on this machine', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let environment: Environment;
  let group: FeatureGroup;

  const append = async (rows: string, at: string) => {
    const scratch = mkdtempSync(join(tmpdir(), 'mlops-test-'));
    const path = join(scratch, 'part.parquet');
    await withSession({ folders: [scratch] }, (session) =>
      session.run(
        `COPY (SELECT id, t, area, now() AS write_time, now() AS api_invocation_time, gone AS is_deleted
         FROM (VALUES ${rows}) AS rows(id, t, area, gone)) TO '${path}' (FORMAT parquet)`,
      ),
    );
    await environment.writers('test').features.append('churn-train', path, new Date(at));
    rmSync(scratch, { recursive: true });
  };
  const ask = (sql: string, parts: { limit?: number; out?: string } = {}) =>
    queryGroup(environment, group, { sql, limit: 100, ...parts }, now);

  before(async () => {
    environment = openLocal({ projectFolder: folder.path, project: 'churn' });
    await environment.writers('test').features.define({
      ...{ name: 'churn-train', recordId: 'id', eventTime: 't' },
      features: [{ name: 'area', type: 'Fractional' }],
    });
    group = (await environment.features.describe('churn-train'))!;
  });
  after(() => folder.remove());

  it('names a group that has no records yet', async () => {
    await assert.rejects(ask('SELECT 1'), /churn-train: found no records/);
    assert.match((await freshnessOf(environment.objects, group)).reason!, /no files yet/);
  });

  it('sees the latest of each id under the names that the group has for id and time, and all under history', async () => {
    await append(`('a', 1, 70.5, false), ('b', 1, 55.0, false), ('c', 1, 9.0, false)`, '2026-11-20T09:00:00Z');
    await append(`('a', 2, 71.0, false), ('b', 2, NULL, true)`, '2026-11-21T06:33:00Z');
    const latest = await ask('SELECT id, area FROM records ORDER BY id');
    assert.deepEqual(latest.rows, [
      ['a', 71],
      ['c', 9],
    ]);
    assert.deepEqual([latest.total, latest.engine, latest.environment], [2, 'duckdb', 'local']);
    assert.deepEqual((await ask('SELECT count(*) AS n FROM history')).rows, [[5]]);
    assert.equal((await freshnessOf(environment.objects, group)).newestEvent, '2026-11-21T06:33:00.000Z');
  });

  it('shows so many rows of how many, in their order, and writes all of them to a file', async () => {
    const out = join(folder.path, 'out', 'all.parquet');
    const found = await ask('SELECT id, t FROM history ORDER BY t DESC, id', { limit: 2, out });
    assert.deepEqual(found.rows, [
      ['a', 2],
      ['b', 2],
    ]);
    assert.deepEqual([found.total, found.result], [5, out]);
    const rows = await withSession({ folders: [folder.path] }, (session) =>
      session.rows(`SELECT count(*)::INTEGER AS n FROM '${out}'`),
    );
    assert.deepEqual(rows, [{ n: 5 }]);
    const csv = join(folder.path, 'all.csv');
    await ask('SELECT id FROM records ORDER BY id', { out: csv });
    assert.equal(readFileSync(csv, 'utf8'), 'id\na\nc\n');
  });

  it('cannot see files beside the group, nor change any, and leaves nothing behind', async () => {
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('mlops-query-'));
    const before_ = left();
    for (const sql of [
      `SELECT * FROM read_csv('/etc/hostname')`,
      `COPY records TO '${join(folder.path, 'stolen.csv')}'`,
      `SET enable_external_access = true; SELECT 1`,
      `INSTALL httpfs; SELECT 1`,
      'SELECT * FROM records; DROP VIEW records',
      '',
    ])
      await assert.rejects(ask(sql), InputError, sql);
    assert.deepEqual(left(), before_);
  });
});
