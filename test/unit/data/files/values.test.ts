import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notesOf } from '../../../../src/data/files/column-notes.js';
import type { Saying } from '../../../../src/data/files/saying.js';
import { withNumericTable } from '../../../../src/data/numeric-table.js';
import { withSampleTables } from '../../../../src/data/samples/open-samples.js';
import { withSession } from '../../../../src/data/duckdb/session.js';
import { readTable } from '../../../../src/data/tables.js';
import { temporaryFolder } from '../../../support/temporary.js';

describe('the values of a table file', function () {
  this.timeout(30_000);
  const folder = temporaryFolder();
  after(() => folder.remove());
  const fixture = (name: string) => join('test/fixtures/tables', name);

  /** Rows as they stand in a curated Parquet file, with their types and what is said about them. */
  async function read(texts: Record<string, string>, saying: Saying = {}) {
    const paths = Object.entries(texts).map(([name, text]) => {
      const path = join(folder.path, name);
      writeFileSync(path, text);
      return path;
    });
    return withSession({ folders: [folder.path] }, async (session) => {
      const table = await readTable(session, paths, saying);
      const parquet = join(folder.path, 'written.parquet');
      await session.run(`COPY (${table.select}) TO '${parquet}' (FORMAT parquet)`);
      const types = (await session.describe(`SELECT * FROM '${parquet}'`)).map(({ type }) => type);
      const rows = (await session.rows(`SELECT * FROM '${parquet}'`)).map((row) => Object.values(row));
      return { types, rows, notes: await notesOf(session, table, saying) };
    });
  }
  const column = async (values: string[], saying?: Saying) => {
    const { types, rows, notes } = await read(
      { 'a.csv': `v,n\n${values.map((value, at) => `${value},${at}\n`).join('')}` },
      saying,
    );
    return { type: types[0], values: rows.map(([value]) => value), notes };
  };

  it('keeps whole numbers beyond 2^53 apart', async () => {
    const { type, values } = await column(['9007199254740992', '9007199254740993', '9007199254740995']);
    assert.equal(type, 'BIGINT');
    assert.deepEqual(values, ['9007199254740992', '9007199254740993', '9007199254740995']);
  });

  it('keeps ids of twenty digits apart, as texts', async () => {
    const ids = ['12345678901234567890', '12345678901234567891', '-99999999999999999999'];
    const { type, values, notes } = await column(ids);
    assert.deepEqual([type, values], ['VARCHAR', ids]);
    assert.deepEqual(notes, ['a.csv: column v: numbers with more digits than a number holds exactly are read as text']);
  });

  it('keeps a large whole number exact beside fractions, as text', async () => {
    const { type, values } = await column(['9007199254740993', '1.5']);
    assert.deepEqual([type, values], ['VARCHAR', ['9007199254740993', '1.5']]);
  });

  it('counts ids beyond 2^53 one by one in profile and drift, whatever the file', async () => {
    const csv = join(folder.path, 'ids.csv');
    writeFileSync(csv, 'id,v\n9007199254740992,1\n9007199254740993,2\n9007199254740995,3\n');
    const parquet = join(folder.path, 'ids.parquet');
    await withSession({ folders: [folder.path] }, (session) =>
      session.run(
        `COPY (SELECT unnest([9007199254740992, 9007199254740993, 9007199254740995]) AS id) TO '${parquet}' (FORMAT parquet)`,
      ),
    );
    for (const file of [csv, parquet])
      await withSampleTables([file], {}, async ([table]) => {
        assert.equal(table!.columns[0]!.kind, 'text');
        assert.equal((await table!.distinct('id')).distinct, 3);
      });
  });

  for (const [what, values] of Object.entries({
    'leading zeros': ['007', '010'],
    'digits between dashes': ['10-11-12', '11-12-13'],
    'a number too large for one': ['1e400', '1'],
    'an underscore in a number': ['1_000', '2'],
    'a hexadecimal number': ['0x1F', '0x20'],
    'a day that no calendar has': ['2024-02-30', '2024-02-28'],
    'true beside another word': ['true', 'maybe'],
    'yes and no': ['Yes', 'No'],
    'a time without and one with a zone': ['2024-01-01 00:00:00', '2024-01-01T00:00:00Z'],
  }))
    it(`reads as text what nothing else holds exactly: ${what}`, async () => {
      const { type, values: found } = await column(values);
      assert.deepEqual([type, found], ['VARCHAR', values]);
    });

  it('reads a type that only part of a file shows as text, however late the rest comes', async () => {
    const numbers = Array.from({ length: 30_000 }, (_, at) => String(at));
    const { type, values } = await column([...numbers, 'x']);
    assert.equal(type, 'VARCHAR');
    assert.deepEqual([values.length, values[0], values.at(-1)], [30_001, '0', 'x']);
  });

  it('decides a type by all files of a table', async () => {
    const { types, rows } = await read({ 'a.csv': 'v\n1\n', 'b.csv': 'v\n007\n' });
    assert.deepEqual([types, rows], [['VARCHAR'], [['1'], ['007']]]);
  });

  it('reads True, TRUE and true as one value', async () => {
    const { type, values } = await column(['True', 'FALSE', 'true', '']);
    assert.deepEqual([type, values], ['BOOLEAN', [true, false, true, null]]);
  });

  it('reads ISO dates and times as such, times with a zone in UTC', async () => {
    assert.deepEqual(await column(['2024-02-13', '2024-12-01']), {
      type: 'DATE',
      values: ['2024-02-13', '2024-12-01'],
      notes: [],
    });
    const { type, values } = await column(['2024-01-01T00:30:00+02:00', '2024-01-01T00:30:00Z']);
    assert.deepEqual([type, values], ['TIMESTAMP', ['2023-12-31 22:30:00', '2024-01-01 00:30:00']]);
  });

  it('reads a date of unclear order as text, says so, and reads it as declared', async () => {
    const { type, values, notes } = await column(['13/02/24', '14/02/24']);
    assert.deepEqual([type, values], ['VARCHAR', ['13/02/24', '14/02/24']]);
    assert.deepEqual(notes, [
      'a.csv: column v: "14/02/24" can be read as more than one date, so it is text; as dates: "types": { "v": "date %d/%m/%y" }',
    ]);
    const declared = await column(['13/02/24', '01/02/24'], { types: { v: 'date %d/%m/%y' } });
    assert.deepEqual([declared.type, declared.values, declared.notes], ['DATE', ['2024-02-13', '2024-02-01'], []]);
    await assert.rejects(column(['13/02/24', '02/13/24'], { types: { v: 'date %d/%m/%y' } }), {
      message: 'a.csv, line 3: found "02/13/24" in column v, expected a date written %d/%m/%y',
    });
    await assert.rejects(column(['2024-02-13', '13/02/24'], { types: { v: 'date' } }), {
      message: 'a.csv, line 3: found "13/02/24" in column v, expected a date such as 2024-02-13',
    });
  });

  it('says how to declare decimal commas, and reads them then', async () => {
    const text = { 'a.csv': 'v;w\n1,5;x\n2,25;y\n' };
    const { types, rows, notes } = await read(text);
    assert.deepEqual(
      [types, rows],
      [
        ['VARCHAR', 'VARCHAR'],
        [
          ['1,5', 'x'],
          ['2,25', 'y'],
        ],
      ],
    );
    assert.deepEqual(notes, [
      'a.csv: column v: numbers with a decimal comma are read as text; as numbers: "decimal": ","',
    ]);
    const declared = await read(text, { decimal: ',' });
    assert.deepEqual(
      [declared.types, declared.rows],
      [
        ['DOUBLE', 'VARCHAR'],
        [
          [1.5, 'x'],
          [2.25, 'y'],
        ],
      ],
    );
  });

  it('takes a bare empty value for none and a quoted one for an empty text', async () => {
    assert.deepEqual((await column(['x', '""', ''])).values, ['x', '', null]);
  });

  it('takes NA for a text, counts it and suggests to declare it, and for none then', async () => {
    const { values, notes } = await column(['x', 'NA', 'NA', '?']);
    assert.deepEqual(values, ['x', 'NA', 'NA', '?']);
    assert.deepEqual(notes, [
      'a.csv: 2 times "NA", 1 times "?" in v: texts as any other; where they mean that a value is missing: "nulls": ["NA", "?"]',
    ]);
    const declared = await column(['x', 'NA', '"NA"', '?'], { nulls: ['NA', '?'] });
    assert.deepEqual(
      [declared.values, declared.notes],
      [
        ['x', null, 'NA', null],
        ['a.csv: 1 times "NA" in v: texts as any other; where they mean that a value is missing: "nulls": ["NA"]'],
      ],
    );
  });

  it('leaves the index that pandas wrote out of every table, and says so', async () => {
    const said: string[] = [];
    const say = (note: string) => said.push(note);
    const { signal } = new AbortController();
    const path = fixture('pandas-index.parquet');
    await withNumericTable(path, { header: true, say, signal }, (table) => {
      assert.deepEqual(
        table.columns.map(({ name }) => name),
        ['x', 'y'],
      );
      return Promise.resolve();
    });
    await withSampleTables([path], { say }, ([table]) => {
      assert.deepEqual(
        table!.columns.map(({ name }) => name),
        ['x', 'y'],
      );
      return Promise.resolve();
    });
    const note =
      'pandas-index.parquet: column __index_level_0__ numbers the rows, as pandas wrote them; it is left out';
    assert.deepEqual(said, [note, note]);
  });

  for (const [what, rows, kept] of [
    ['leaves out the index that pandas wrote to a CSV', '0,5,a\n1,6,b\n2,7,c\n', []],
    ['keeps an unnamed column that does not count the rows', '0,5,a\n2,6,b\n3,7,c\n', ['column0']],
    ['keeps an unnamed column that counts from 1', '1,5,a\n2,6,b\n', ['column0']],
    ['keeps an unnamed column with a value missing', '0,5,a\n,6,b\n2,7,c\n', ['column0']],
  ] as const)
    it(`${what}, in learning and in drift`, async () => {
      const path = join(folder.path, 'index.csv');
      writeFileSync(path, `,x,y\n${rows}`);
      const said: string[] = [];
      const say = (note: string) => void said.push(note);
      const names = ({ columns }: { columns: { name: string }[] }) => Promise.resolve(columns.map(({ name }) => name));
      const { signal } = new AbortController();
      assert.deepEqual(await withNumericTable(path, { header: true, say, signal }, names), [...kept, 'x', 'y']);
      assert.deepEqual(await withSampleTables([path], { say }, ([table]) => names(table!)), [...kept, 'x', 'y']);
      const note = 'index.csv: column column0 numbers the rows, as pandas wrote them; it is left out';
      assert.deepEqual(said, kept.length > 0 ? [] : [note, note]);
    });

  for (const inside of ['\r\n', '\r', '\n'])
    for (const name of ['b', `"b${inside}c"`])
      it(`keeps ${JSON.stringify(inside)} in quotes of a file whose lines end \\n, under the name ${JSON.stringify(name)}`, async () => {
        const text = `a,${name}\n1,"x${inside}y"\n2,z\n3,"${inside}"\n${'4,\n'.repeat(60_000)}`;
        const { rows } = await read({ 'breaks.csv': text });
        assert.deepEqual(rows.slice(0, 3), [
          [1, `x${inside}y`],
          [2, 'z'],
          [3, inside],
        ]);
        assert.equal(rows.length, 60_003);
        const { signal } = new AbortController();
        const names = ({ columns }: { columns: { name: string }[] }) =>
          Promise.resolve(columns.map(({ name: one }) => one));
        const known = await withNumericTable(join(folder.path, 'breaks.csv'), { header: true, signal }, names);
        assert.deepEqual(known, ['a', name.replaceAll('"', '')]);
      });

  it('leaves out the index of each of several CSV files of a table', async () => {
    const table = await read({ 'a.csv': ',x\n0,5\n1,6\n', 'b.csv': ',x\n0,7\n' });
    assert.deepEqual(table.rows, [[5], [6], [7]]);
    const other = await read({ 'a.csv': ',x\n0,5\n1,6\n', 'b.csv': ',x\n7,7\n' });
    assert.deepEqual(other.rows.length, 3);
    assert.deepEqual(other.rows[0]!.length, 2);
  });

  it('refuses a Parquet file with two columns of one name', async () => {
    await assert.rejects(
      withSampleTables([fixture('two-columns-of-one-name.parquet')], {}, () => Promise.resolve()),
      {
        message: 'two-columns-of-one-name.parquet: found column x twice, expected every column once',
      },
    );
  });

  for (const [what, text, found] of [
    [
      'by columns',
      '{"x": {"0": 1, "1": 2}, "y": {"0": 3, "1": 4}}',
      'one object that holds the whole table, column by column',
    ],
    [
      'split',
      '{"columns": ["x"], "index": [0, 1], "data": [[1], [2]]}',
      'one object that holds the whole table, column by column',
    ],
    ['by index', '{"0": {"x": 1}, "1": {"x": 2}}', 'one object that holds the whole table, column by column'],
    ['as rows without names', '[[1, 2], [3, 4]]', 'rows without names'],
  ] as const)
    it(`refuses JSON that pandas wrote ${what}`, async () => {
      await assert.rejects(read({ 'a.json': text }), {
        name: 'WrongInput',
        message: `a.json: found ${found}, expected a list of objects, as pandas writes it with to_json(orient="records")`,
      });
    });
});
