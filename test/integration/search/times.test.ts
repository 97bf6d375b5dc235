import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSearchRows } from '../../../src/pipeline/model-files/read-search-rows.js';
import { InputError } from '../../../src/common/errors.js';
import { withSession } from '../../../src/data/duckdb/session.js';
import { literal } from '../../../src/data/duckdb/sql.js';
import { timesOfRecords } from '../../../src/pipeline/search/times.js';

describe('the times that folds go by', () => {
  const folder = mkdtempSync(join(tmpdir(), 'times-'));
  const file = join(folder, 'group.parquet');
  const { signal } = new AbortController();
  after(() => rmSync(folder, { recursive: true, force: true }));

  const written = (times: string) =>
    withSession({ folders: [folder] }, (session) =>
      session.run(
        `COPY (SELECT record_id, now() AS event_time, now() AS write_time, now() AS api_invocation_time, false AS is_deleted, time FROM (VALUES ${times}) t(record_id, time)) TO ${literal(file)} (FORMAT parquet)`,
      ),
    );
  const times = (ids: string[]) => timesOfRecords(ids, 'time', [{ files: [file] }, { files: [] }], folder, signal);

  it('are numbers where the column is one: the tenth day comes after the ninth', async () => {
    await written(`('a', 10), ('b', 9)`);
    assert.deepEqual(await times(['a', 'b']), [10, 9]);
  });

  it('are texts that sort as dates do elsewhere', async () => {
    await written(`('a', DATE '2026-03-10'), ('b', DATE '2026-03-09')`);
    assert.deepEqual(await times(['a', 'b']), ['2026-03-10', '2026-03-09']);
  });

  it('are never made up: rows without one are refused', async () => {
    await written(`('a', DATE '2026-03-10'), ('b', NULL)`);
    await assert.rejects(times(['a', 'b']), (error: Error) => {
      assert.ok(error instanceof InputError);
      assert.equal(error.message, 'search: folds: found 1 of 2 rows without a time, expected one for each');
      return true;
    });
  });

  it('of a file are numbers too: half past one comes before ten', async () => {
    const csv = join(folder, 'rows.csv');
    writeFileSync(csv, 'hour,x,y\n1.5,1,0\n10,2,1\n-2,3,0\n-10,4,1\n');
    const { rows } = await readSearchRows(csv, { target: 'y', ignore: [], time: 'hour' }, signal);
    assert.deepEqual(rows.times, [1.5, 10, -2, -10]);
  });
});
