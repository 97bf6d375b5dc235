import assert from 'node:assert/strict';
import { join } from 'node:path';
import { WrongInput } from '../../../../src/common/errors.js';
import { withSession } from '../../../../src/data/duckdb/session.js';
import { notesOf } from '../../../../src/data/files/column-notes.js';
import { sheetsIn } from '../../../../src/data/sheets/sheets-in.js';
import { readTable, type TableOptions } from '../../../../src/data/tables.js';
import { temporaryFolder } from '../../../support/temporary.js';
import { rowsXml, writeWorkbook } from '../../../support/workbooks.js';

describe('a workbook', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());
  const path = () => join(folder.path, 'book.xlsx');
  const make = (made: Parameters<typeof writeWorkbook>[1]) => writeWorkbook(path(), made);

  const read = (options: TableOptions = {}) =>
    withSession({ folders: [folder.path] }, async (session) => {
      const table = await readTable(session, [path()], options);
      const types = Object.fromEntries((await session.describe(table.select)).map(({ name, type }) => [name, type]));
      return { rows: await session.rows(table.select), types, notes: await notesOf(session, table, options) };
    });
  const refused = async (at: object, options: TableOptions = {}) => {
    await assert.rejects(read(options), (error: unknown) => {
      assert.ok(error instanceof WrongInput, String(error));
      assert.deepEqual(error.at, { file: 'book.xlsx', ...at });
      return true;
    });
  };

  it('gives numbers, truth values, texts and empty cells as they are, and passes over empty rows', async () => {
    make({
      sheets: {
        Data:
          rowsXml([
            ['id', 'x', 'ok', 'say'],
            [1, 0.1, true, 'a "b"\t<c>'],
            [2, null, false, null],
          ]) + rowsXml([[3, -2.5e-7, true, 'ü\nv']], 6),
      },
    });
    const { rows, types } = await read();
    assert.deepEqual(types, { id: 'BIGINT', x: 'DOUBLE', ok: 'BOOLEAN', say: 'VARCHAR' });
    assert.deepEqual(rows, [
      { id: 1, x: 0.1, ok: true, say: 'a "b"\t<c>' },
      { id: 2, x: null, ok: false, say: null },
      { id: 3, x: -2.5e-7, ok: true, say: 'ü\nv' },
    ]);
  });

  it('reads dates and times by their formats, from 1900 and from 1904 on, and durations as they are shown', async () => {
    const cells = (serial: number) =>
      `<row r="1">${['d', 't', 'n'].map((name, at) => `<c r="${'ABC'[at]}1" t="str"><v>${name}</v></c>`).join('')}</row>
       <row r="2"><c r="A2" s="1"><v>${serial}</v></c><c r="B2" s="2"><v>1.5</v></c><c r="C2" s="3"><v>45000</v></c></row>`;
    const formats = ['[$-407]dd\\.mm\\.yyyy hh:mm', '[h]:mm:ss', '0.00 &quot;days&quot;'];
    make({ sheets: { S: cells(45351.5625) }, formats });
    assert.deepEqual((await read()).rows, [{ d: '2024-02-29 13:30:00', t: '36:00:00', n: 45000 }]);
    make({ sheets: { S: cells(43889.5625) }, formats, date1904: true });
    assert.deepEqual((await read()).rows, [{ d: '2024-02-29 13:30:00', t: '36:00:00', n: 45000 }]);
    make({ sheets: { S: cells(59) }, formats });
    assert.deepEqual((await read()).rows[0]?.d, '1900-02-28');
    make({ sheets: { S: cells(61) }, formats });
    assert.deepEqual((await read()).rows[0]?.d, '1900-03-01');
    make({ sheets: { S: cells(60) }, formats });
    await refused({ sheet: 'S', cell: 'A2', found: '60, which is shown as a date', expected: 'a day of a calendar' });
  });

  it('keeps all digits of long numbers, the runs of a text together, and what XML cannot hold', async () => {
    const texts =
      '<si><t>id</t></si><si><r><t>9007199254740993</t></r><r><rPr/><t xml:space="preserve">1 </t></r><rPh><t>x</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si>';
    const row = (at: number, text: number) =>
      `<row r="${at}"><c r="A${at}" t="s"><v>${text}</v></c><c r="B${at}"><v>90071992547409931</v></c></row>`;
    make({
      sheets: {
        S: `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><v>n</v></c></row>${row(2, 1)}${row(3, 2)}`,
      },
      texts,
    });
    const { rows } = await read({ types: { n: 'VARCHAR' } });
    assert.deepEqual(rows, [
      { id: '90071992547409931 ', n: '90071992547409931' },
      { id: 'a\rb_x0041_', n: '90071992547409931' },
    ]);
  });

  it('takes the result of a formula, and refuses one without', async () => {
    const sheet = (result: string) =>
      `${rowsXml([['a', 'b']])}<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A2*2</f>${result}</c></row>`;
    make({ sheets: { S: sheet('<v>2</v>') } });
    assert.deepEqual((await read()).rows, [{ a: 1, b: 2 }]);
    for (const nothing of ['', '<v></v>', '<v/>']) {
      make({ sheets: { S: sheet(nothing) } });
      await refused({
        ...{ sheet: 'S', cell: 'B2', found: 'a formula without its result' },
        expected: 'a value: save the workbook in the program that computes it',
      });
    }
  });

  it('refuses an error in a cell unless it is said to mean a missing value', async () => {
    make({
      sheets: {
        S: `${rowsXml([
          ['a', 'b'],
          [1, 2],
        ])}<row r="3"><c r="A3"><v>2</v></c><c r="B3" t="e"><v>#N/A</v></c></row>`,
      },
    });
    await refused({
      ...{ sheet: 'S', cell: 'B3', found: '#N/A' },
      expected: 'a value, or that it is missing: --nulls "#N/A" or "nulls": ["#N/A"] of its source',
    });
    assert.deepEqual((await read({ nulls: ['#N/A'] })).rows, [
      { a: 1, b: 2 },
      { a: 2, b: null },
    ]);
  });

  it('leaves a title above the names out and says so, and reads a table that begins further right', async () => {
    make({
      sheets: {
        S: `${rowsXml([[null, 'Sales of 2024']])}${rowsXml(
          [
            [null, 'shop', null, 'sold'],
            [null, 'a', null, 3],
          ],
          3,
        )}`,
      },
    });
    const { rows, notes } = await read();
    assert.deepEqual(rows, [{ shop: 'a', sold: 3 }]);
    assert.deepEqual(notes, [
      'book.xlsx, sheet S: row 1 ("Sales of 2024") is left out: a title above the names of columns in row 3',
    ]);
  });

  it('reads a table of one column, whose first row is its name', async () => {
    make({ sheets: { S: rowsXml([['n,m'], ['1,2'], ['3,4']]) } });
    assert.deepEqual((await read()).rows, [{ 'n,m': '1,2' }, { 'n,m': '3,4' }]);
  });

  it('refuses what is no table, naming the cell', async () => {
    const table: [string, object, string?][] = [
      [
        rowsXml([
          ['a', 'b'],
          [1, 2, 'note'],
        ]),
        { cell: 'C2', found: '"note"', expected: 'nothing right of the names of columns in row 1' },
      ],
      [
        rowsXml([
          ['a', 'A'],
          [1, 2],
        ]),
        { cell: 'B1', found: 'column A twice', expected: 'every column once' },
      ],
      [
        rowsXml([
          ['a', 'b'],
          [1, 2],
          ['a', 'b'],
        ]),
        { cell: 'A3', found: 'the names of the columns again', expected: 'rows: two tables were put together' },
      ],
      [
        rowsXml([
          ['id', 'size', null],
          [null, 'cm', 'kg'],
          [1, 2, 3],
        ]),
        { cell: 'C2', found: '"kg"', expected: 'nothing right of the names of columns in row 1' },
      ],
      [
        rowsXml([
          ['id', 'kind'],
          [1, 'a'],
          [2, null],
        ]),
        { cell: 'B2:B3', found: 'merged cells', expected: 'a value in each row: take the merging back' },
        '<mergeCells><mergeCell ref="B2:B3"/></mergeCells>',
      ],
      [
        rowsXml([
          ['id', 'size', 'x'],
          [1, 2, 3],
        ]),
        {
          cell: 'B1:C1',
          found: 'merged cells',
          expected: 'one name for each column in one row: take the merging back',
        },
        '<mergeCells><mergeCell ref="B1:C1"/></mergeCells>',
      ],
    ];
    for (const [sheet, at, behind] of table) {
      make({ sheets: { S: sheet }, behind });
      await refused({ sheet: 'S', ...at });
    }
  });

  it('asks which sheet where several show something, and reads a hidden one only by its name', async () => {
    const sheets = {
      Empty: '',
      One: rowsXml([
        ['a', 'b'],
        [1, 2],
      ]),
      Two: rowsXml([
        ['a', 'b'],
        [3, 4],
      ]),
    };
    make({ sheets });
    await refused({
      found: 'the sheets One, Two',
      expected: 'one of them, said by --sheet "One" or "sheet": "One" of its source',
    });
    assert.deepEqual(await sheetsIn(path()), ['One', 'Two']);
    assert.deepEqual((await read({ sheet: 'Two' })).rows, [{ a: 3, b: 4 }]);
    await refused(
      { found: 'no sheet "Tow"', expected: 'one of "Empty", "One", "Two" (did you mean "Two"?)' },
      { sheet: 'Tow' },
    );
    make({ sheets, hidden: ['Two'] });
    assert.deepEqual(await sheetsIn(path()), ['One']);
    assert.deepEqual((await read()).rows, [{ a: 1, b: 2 }]);
    assert.deepEqual((await read({ sheet: 'Two' })).rows, [{ a: 3, b: 4 }]);
  });

  it('reads numbers that are texts with a decimal comma beside those that are numbers', async () => {
    make({
      sheets: {
        S: rowsXml([
          ['a', 'b'],
          ['1,5', 2.25],
          ['2', 3],
        ]),
      },
    });
    assert.deepEqual((await read({ decimal: ',' })).rows, [
      { a: 1.5, b: 2.25 },
      { a: 2, b: 3 },
    ]);
  });

  it('names the row of the sheet where a value is not of its declared type, also behind empty rows and broken lines', async () => {
    make({
      sheets: {
        S: `${rowsXml([
          ['a', 'b'],
          [1, 'x\ny'],
        ])}${rowsXml(
          [
            [2, 'z'],
            ['no', 'z'],
          ],
          5,
        )}`,
      },
    });
    await refused({ sheet: 'S', line: 6, column: 'a', found: '"no"', expected: 'double' }, { types: { a: 'double' } });
  });
});
