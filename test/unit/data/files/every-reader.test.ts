import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { csvToParquet } from '../../../../src/data/daily-csv.js';
import { headerlessFile } from '../../../../src/data/headerless.js';
import { withNumericTable } from '../../../../src/data/numeric-table.js';
import { withSampleTables } from '../../../../src/data/samples/open-samples.js';
import type { Cell } from '../../../../src/data/cells.js';
import { openSession, type Session } from '../../../../src/data/duckdb/session.js';
import { readTable } from '../../../../src/data/tables.js';
import type { TablePreview } from '../../../../src/documents/tables/previews.js';
import { previewObject } from '../../../../src/pipeline/preview/preview.js';
import { type MadeTable, madeTables, plainRows } from '../../../support/made-tables.js';
import { temporaryFolder } from '../../../support/temporary.js';

/** Tables that are made up; at night many more. */
const numRuns = Number(process.env.PROPERTY_RUNS ?? 20);

describe('every reader of delimited files', function () {
  this.timeout(240_000);
  const folder = temporaryFolder();
  let session: Session;
  before(async () => {
    session = await openSession({ folders: [folder.path] });
  });
  after(() => {
    session.close();
    folder.remove();
  });
  const path = () => join(folder.path, 'table.csv');
  const rowsOf = async (select: string) => (await session.rows(select)).map((row) => Object.values(row));
  const { signal } = new AbortController();

  it('comes to the rows, columns and values of a plain reader', async () => {
    await fc.assert(
      fc.asyncProperty(madeTables, async (table) => {
        writeFileSync(path(), table.text);
        const [header, ...rows] = plainRows(table.text, table.delimiter);
        assert.deepEqual(header, table.columns);

        const asTexts = await readTable(session, [path()], { types: { '*': 'varchar' } });
        assert.deepEqual(
          (await session.describe(asTexts.select)).map(({ name }) => name),
          header,
        );
        assert.deepEqual(await rowsOf(asTexts.select), rows, 'a source');

        const typed = await rowsOf((await readTable(session, [path()])).select);
        assert.equal(typed.length, rows.length);
        typed.forEach((row, at) => row.forEach((value, place) => checkSame(rows[at]![place]!, value)));

        const parquet = join(folder.path, 'day.parquet');
        assert.deepEqual(await csvToParquet(session, path(), parquet, { types: {} }), { rows: rows.length });
        assert.deepEqual(await rowsOf(`SELECT * FROM '${parquet}'`), rows, 'a day of a zip');

        await withNumericTable(path(), { header: true, asWritten: table.columns, signal }, async (opened) => {
          const { text } = await opened.read(table.columns, table.columns);
          assert.deepEqual(
            table.columns.map((name) => text.get(name)!),
            transposed(rows, table.columns.length),
            'a model',
          );
        });
        await withSampleTables([path()], {}, ([sample]) => {
          assert.deepEqual(
            [sample!.rows, sample!.columns.map(({ name }) => name)],
            [rows.length, table.columns],
            'drift',
          );
          return Promise.resolve();
        });
        const preview = await look(table.text);
        assert.deepEqual([preview.total, preview.columns.map(({ name }) => name)], [rows.length, table.columns]);
        assert.deepEqual(preview.rows, typed, 'a preview');
      }),
      { numRuns },
    );
  });

  it('comes to the rows of a plain reader where there is no header', async () => {
    await fc.assert(
      fc.asyncProperty(madeTables, async (table) => {
        const rows = plainRows(table.text, table.delimiter);
        writeFileSync(path(), table.text);
        const { select } = await headerlessFile(session, path(), { types: { '*': 'varchar' } });
        assert.deepEqual(await rowsOf(select), rows);
      }),
      { numRuns },
    );
  });

  it('refuses a row that is one value short or long, and names its line', async () => {
    await fc.assert(
      fc.asyncProperty(madeTables, fc.nat(), fc.boolean(), async (table, place, long) => {
        const at = place % table.rows.length;
        fc.pre(table.columns.length > 2);
        const { text, line } = withWrongRow(table, at, long);
        writeFileSync(path(), text);
        const width = table.columns.length;
        const wrong = {
          message: `table.csv, line ${line}: found ${width + (long ? 1 : -1)} columns, expected ${width}`,
        };
        await assert.rejects(readTable(session, [path()]), wrong);
        await assert.rejects(
          withNumericTable(path(), { header: true, signal }, () => Promise.resolve()),
          wrong,
        );
        const { damage } = await csvToParquet(session, path(), join(folder.path, 'day.parquet'), { types: {} });
        assert.equal(damage?.line, line);
      }),
      { numRuns },
    );
  });
});

/** The same table written plainly, one row of another width. */
function withWrongRow(
  { delimiter, columns, rows }: MadeTable,
  at: number,
  long: boolean,
): { text: string; line: number } {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const records = [columns, ...rows.map((row) => row.map(({ text }) => text))];
  const wrong = records[at + 1]!;
  records[at + 1] = long ? [...wrong, 'x'] : wrong.slice(1);
  const lines = records.map((record) => record.map(quoted).join(delimiter));
  const line =
    lines
      .slice(0, at + 1)
      .join('\n')
      .split('\n').length + 1;
  return { text: lines.join('\n') + '\n', line };
}

const transposed = <Value>(rows: Value[][], width: number): Value[][] =>
  Array.from({ length: width }, (_, column) => rows.map((row) => row[column]!));

const look = (text: string): Promise<TablePreview> => {
  const bytes = Buffer.from(text);
  const source = {
    name: 'table.csv',
    uri: 's3://b/table.csv',
    size: bytes.length,
    read: (from: number, length: number) => Promise.resolve(bytes.subarray(from, from + length)),
    unchanged: () => Promise.resolve(true),
  };
  return previewObject(source, { rows: 100 }) as Promise<TablePreview>;
};

/** A typed value says what its text says: nothing rounded, swapped or lost. */
function checkSame(text: string | null, value: Cell): void {
  if (text === null || (text === '' && value === null)) return assert.equal(value, null);
  if (typeof value === 'number') return assert.equal(value, Number(text.replace(/inf/i, 'Infinity')));
  if (typeof value === 'boolean') return assert.equal(String(value), text.toLowerCase());
  if (value === text) return;
  // What is left is a day or a time in another spelling.
  assert.ok(typeof value === 'string' && /^\d{4}-\d{1,2}-\d{1,2}/.test(text), `${text} became ${String(value)}`);
  assert.equal(timeOf(value), timeOf(text));
}

function timeOf(text: string): number {
  const [, year, month, day, time = '00:00:00', zone = 'Z'] =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]([\d:.]+))?(Z|[+-]\d{2}:\d{2})?$/.exec(text)!;
  return Date.parse(`${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}T${time}${zone}`);
}
