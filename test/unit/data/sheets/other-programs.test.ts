import assert from 'node:assert/strict';
import { join } from 'node:path';
import { withSession } from '../../../../src/data/duckdb/session.js';
import { readTable } from '../../../../src/data/tables.js';
import { temporaryFolder } from '../../../support/temporary.js';

describe('a workbook that another program wrote', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());
  const rows = [
    { id: 1, town: 'Süd', x: 0.1, at: '2024-02-29 13:30:00', ok: true, big: '9007199254740993' },
    { id: 2, town: 'a "b"', x: null, at: '2024-03-01 00:00:00', ok: false, big: '9007199254740994' },
    { id: 3, town: null, x: -2.5e-7, at: '1999-12-31 23:59:59', ok: true, big: '9007199254740995' },
  ];

  for (const name of ['pandas-with-index', 'xlsxwriter', 'openpyxl-1904', 'table-with-title', 'pyexcelerate'])
    it(`holds the values that ${name} was given`, async () => {
      const fixtures = join(process.cwd(), 'test/fixtures/workbooks');
      await withSession({ folders: [folder.path, fixtures] }, async (session) => {
        const { select } = await readTable(session, [join(fixtures, `${name}.xlsx`)], {});
        // PyExcelerate leaves dates without a format: any program shows the numbers.
        const at =
          name === 'pyexcelerate'
            ? `strftime(TIMESTAMP '1899-12-30' + to_milliseconds(round("at" * 86400000)::BIGINT), '%Y-%m-%d %H:%M:%S')`
            : '"at"';
        // Whole numbers beyond those of a double are looked at as texts.
        assert.deepEqual(
          await session.rows(`SELECT * REPLACE (big::VARCHAR AS big, ${at} AS "at") FROM (${select})`),
          rows,
        );
      });
    });
});
