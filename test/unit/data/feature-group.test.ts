import assert from 'node:assert/strict';
import { join } from 'node:path';
import { latestRecords } from '../../../src/data/feature-group.js';
import { withSession } from '../../../src/data/duckdb/session.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('the latest records of a feature group', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('are those that were put last, of those of one event time that were written together', async () => {
    const path = join(folder.path, 'x.parquet');
    const rows = await withSession({ folders: [folder.path] }, async (session) => {
      const written = "TIMESTAMP '2026-11-21 09:05:00' AS write_time";
      const put = (time: string) => `TIMESTAMP '2026-11-21 ${time}' AS api_invocation_time`;
      await session.run(`COPY (
        SELECT 'a' AS record_id, 1 AS event_time, 'old' AS x, ${written}, ${put('09:00:01')}, true AS is_deleted
        UNION ALL SELECT 'a', 1, 'new', ${written}, ${put('09:00:02')}, false
        UNION ALL SELECT 'b', 1, 'old', ${written}, ${put('09:00:01')}, false
        UNION ALL SELECT 'b', 1, 'gone', ${written}, ${put('09:00:02')}, true) TO '${path}' (FORMAT parquet)`);
      return session.rows(latestRecords([path]));
    });
    assert.deepEqual(rows, [{ record_id: 'a', event_time: 1, x: 'new' }]);
  });
});
