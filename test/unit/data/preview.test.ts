import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { preview } from '../../../src/data/preview.js';
import { withSession } from '../../../src/data/session.js';

describe('the preview of a table', () => {
  it('shows the first rows, the types and how many rows there are', async () => {
    const sql = `SELECT range AS id, CASE WHEN range > 0 THEN DATE '2025-01-01' END AS day FROM range(500)`;
    assert.deepEqual(await withSession({ folders: [tmpdir()] }, (session) => preview(session, sql, 2)), {
      columns: [
        { name: 'id', type: 'BIGINT' },
        { name: 'day', type: 'DATE' },
      ],
      rows: [
        [0, null],
        [1, '2025-01-01'],
      ],
      total: 500,
    });
  });
});
