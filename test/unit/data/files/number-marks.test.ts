import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSession } from '../../../../src/data/duckdb/session.js';
import { notesOf } from '../../../../src/data/files/column-notes.js';
import { readTable } from '../../../../src/data/tables.js';
import { temporaryFolder } from '../../../support/temporary.js';

describe('marks in numbers', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  const read = <Result>(values: string[], work: Parameters<typeof withSession<Result>>[1]) => {
    writeFileSync(join(folder.path, 'table.csv'), ['a;v', ...values.map((value) => `x;${value}`)].join('\n'));
    return withSession({ folders: [folder.path] }, work);
  };
  const path = () => join(folder.path, 'table.csv');

  const between: [string, string[], number[]][] = [
    ['commas', ['1,234.50', '999', '-12,345'], [1234.5, 999, -12345]],
    ['points', ['1.234,50', '999,00', '12,5'], [1234.5, 999, 12.5]],
    ['points alone', ['1.234.567', '999'], [1234567, 999]],
    ['spaces', ['1 234,5', '12,25', '7'], [1234.5, 12.25, 7]],
    ['apostrophes', ["1'234.50", '12.5'], [1234.5, 12.5]],
  ];
  for (const [what, values, numbers] of between)
    it(`${what} between thousands are text, and the SQL that is said makes these numbers of them`, () =>
      read(values, async (session) => {
        const table = await readTable(session, [path()]);
        const [note = ''] = await notesOf(session, table);
        const sql = /numbers with marks between thousands .* in SQL: (.*)$/.exec(note)?.[1];
        assert.ok(sql !== undefined, note);
        const found = await session.rows(`SELECT ${sql} AS n FROM (${table.select})`);
        assert.deepEqual(
          found.map(({ n }) => n),
          numbers,
        );
      }));

  it('a comma that could be either is text, and both readings are said', () =>
    read(['1,234', '12', '2,000'], async (session) => {
      const [note = ''] = await notesOf(session, await readTable(session, [path()]));
      assert.match(note, /"2,000" has a decimal comma or one between thousands, so it is text; with a decimal comma:/);
    }));

  it('a comma that can only be a decimal one is said to be one', () =>
    read(['1,5', '12', '0,125'], async (session) => {
      const [note = ''] = await notesOf(session, await readTable(session, [path()]));
      assert.match(note, /numbers with a decimal comma are read as text; as numbers: "decimal": ","/);
    }));
});
