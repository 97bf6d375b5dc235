import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { InputError } from '../../../src/common/errors.js';
import { type Row, withSession } from '../../../src/data/duckdb/session.js';
import { ingest } from '../../../src/pipeline/stages/ingest.js';
import { projectFile, type Workplace, workplace } from '../../support/stage-context.js';

/** An error that ends with exit 2 and reads so. */
const wrongInput = (message: string) => (error: unknown) => {
  assert.ok(error instanceof InputError);
  assert.equal(error.message, message);
  return true;
};

describe('taking in tables', () => {
  let place: Workplace;
  const made = (source: object, sql: Record<string, string> = {}) => {
    place = workplace(projectFile({ sources: { sales: { files: 'data/*', ...source } } }), sql);
    mkdirSync(join(place.folder, 'data'));
  };
  const put = (name: string, body: string | Buffer) => writeFileSync(join(place.folder, 'data', name), body);
  const table = async (): Promise<Row[]> => {
    const file = join(place.bucket, 'curated/sales/sales.parquet');
    return withSession({ folders: [dirname(file)] }, (session) => session.rows(`SELECT * FROM '${file}' ORDER BY ALL`));
  };
  afterEach(() => place.end());

  it('unites CSV, TSV, JSON lines (also gzipped) and JSON by column name', async () => {
    made({ types: { code: 'varchar' } });
    put('a.csv', 'id,price,code\n1,10.5,007\n');
    put('b.tsv', 'price\tid\n11\t2\n');
    put('c.jsonl.gz', gzipSync('{"id": 3, "price": 12}\n'));
    put('d.json', '[{"id": 4, "price": 13}]');
    put('notes.txt', 'no table');
    const { figures } = await place.run(ingest);
    assert.equal(figures.sales_rows, 4);
    assert.deepEqual(
      (await table()).map(({ id, price, code }) => [id, price, code]),
      [
        [1, 10.5, '007'],
        [2, 11, null],
        [3, 12, null],
        [4, 13, null],
      ],
    );
    assert.equal(readFileSync(join(place.bucket, 'raw/sales/a.csv'), 'utf8'), 'id,price,code\n1,10.5,007\n');
  });

  for (const [what, name, made_, text] of [
    ['a CSV', 'a.csv', 'column0', ',x\n0,5\n1,6\n'],
    ['a Parquet file', 'pandas-index.parquet', '__index_level_0__', undefined],
  ] as const)
    it(`says once that it leaves out the numbers of rows that pandas wrote to ${what}`, async () => {
      made({});
      put(name, text ?? readFileSync(join('test/fixtures/tables', name)));
      const said: string[] = [];
      place.context.report.message = (_level, message) => void said.push(message);
      await place.run(ingest);
      await place.run(ingest);
      const note = `source sales: column ${made_} numbers the rows, as pandas wrote them; it is left out`;
      assert.deepEqual(said, [note]);
      assert.ok((await table()).every((row) => !(made_ in row) && 'x' in row));
    });

  it('does nothing when nothing changed, and makes the table again when a file or the SQL did', async () => {
    made({ sql: 'make.sql' }, { 'make.sql': 'SELECT id FROM raw' });
    put('a.csv', 'id\n1\n');
    await place.run(ingest);
    assert.match((await place.run(ingest)).summary, /unchanged/);
    put('a.csv', 'id\n2\n');
    assert.doesNotMatch((await place.run(ingest)).summary, /unchanged/);
    place.context.project.sql['make.sql'] = 'SELECT id * 10 AS id FROM raw';
    await place.run(ingest);
    assert.deepEqual(await table(), [{ id: 20 }]);
  });

  it('takes a table with the ready columns as it is, and makes one from others', async () => {
    made(
      { sql: 'make.sql', ready: ['name', 'share'] },
      { 'make.sql': "SELECT 'made' AS name, count(*) AS share FROM raw" },
    );
    put('a.csv', 'name,share,more\nx,1,2\n');
    await place.run(ingest);
    assert.deepEqual(await table(), [{ name: 'x', share: 1, more: 2 }]);
    put('a.csv', 'name\nx\ny\n');
    await place.run(ingest);
    assert.deepEqual(await table(), [{ name: 'made', share: 2 }]);
  });

  it('names file and line of a bad row, and leaves no table', async () => {
    made({ types: { id: 'integer' } });
    put('a.csv', 'id,price\n1,2\nx,3\n');
    await assert.rejects(place.run(ingest), (error: unknown) => {
      assert.ok(error instanceof InputError);
      assert.equal(error.message, 'a.csv, line 3: found "x" in column id, expected integer');
      return true;
    });
    assert.ok(!existsSync(join(place.bucket, 'curated/sales/sales.parquet')));
  });

  const whole = gzipSync(Array.from({ length: 20_000 }, (_, i) => `${i},${i * 7}\n`).join(''));
  const broken: [what: string, file: string, body: string | Buffer, expected: string][] = [
    [
      'JSON lines',
      'a.jsonl',
      '{"id": 1}\n\n{"id": \n',
      'a.jsonl, line 3: found "{"id": ", expected one JSON object a line',
    ],
    [
      'a JSON file',
      'a.json',
      '{"id": 1',
      'a.json: found unexpected end of data that is no JSON, expected a list of objects',
    ],
    ['a short row', 'a.csv', 'id,price,x\n1,2,3\n4\n', 'a.csv, line 3: found 1 columns, expected 3'],
    [
      'a short row of a gzip file',
      'a.csv.gz',
      gzipSync(`id,price,x\n${'1,2,3\n'.repeat(5000)}4\n`),
      'a.csv.gz, line 5002: found 1 columns, expected 3',
    ],
    [
      'a quote that swallows a long file',
      'a.csv',
      `id,name\n1,x\n2,"y\n${'3,z\n'.repeat(800_000)}`,
      'a.csv, line 3: found a quote that is not closed, expected quotes around a whole value',
    ],
    [
      'a quote that nothing closes',
      'a.csv',
      'id,name\n1,x\n2,"y\n3,z\n',
      'a.csv, line 3: found a quote that is not closed, expected quotes around a whole value',
    ],
    ['a file of nothing', 'a.csv', '', 'a.csv, line 1: found an empty file, expected a line of column names'],
    ['a column twice', 'a.csv', 'id,ID\n1,2\n', 'a.csv, line 1: found column ID twice, expected every column once'],
    [
      'a gzip file that was cut',
      'a.csv.gz',
      whole.subarray(0, 9000),
      'a.csv.gz: found its end missing, expected a whole gzip file',
    ],
    [
      'something else called Parquet',
      'a.parquet',
      'hello',
      'a.parquet: found bytes that are no Parquet, expected a Parquet file',
    ],
  ];
  for (const [what, file, body, expected] of broken) {
    it(`refuses ${what}, and says where and why`, async () => {
      made({});
      put(file, body);
      await assert.rejects(place.run(ingest), wrongInput(expected));
    });
  }

  it('names the cell that makes a column of numbers into text', async () => {
    made({});
    const rows = Array.from({ length: 50 }, (_, i) => (i === 30 ? '30,n.a.,x' : `${i},${i / 2},x`));
    put('a.csv', `id,price,name\n${rows.join('\n')}\n`);
    await place.run(ingest);
    assert.deepEqual(place.messages, [
      'source sales: a.csv, line 32: found "n.a.", expected numbers as in the other rows; column price is read as text',
    ]);
  });

  it('counts its line as an editor does, behind values of several lines and empty lines', async () => {
    made({});
    const rows = Array.from({ length: 50 }, (_, i) => (i === 30 ? '30,n.a.,x' : `${i},${i / 2},"two\nlines"`));
    put('a.csv', `id,price,name\n\n${rows.join('\n')}\n`);
    await place.run(ingest);
    assert.match(place.messages.join(), /a\.csv, line 63: found "n\.a\."/);
  });

  it('refuses a fraction where whole numbers are declared, whatever the file', async () => {
    const found = 'found "1.5" in column id, expected bigint';
    made({ types: { id: 'bigint' } });
    put('a.csv', 'id,price\n1.0,2\n1.5,3\n');
    await assert.rejects(place.run(ingest), { name: 'WrongInput', message: `a.csv, line 3: ${found}` });
    put('a.csv', 'id,price\n1.0,2\n');
    put('b.jsonl', '{"id": 2.0}\n{"id": 1.5}\n');
    await assert.rejects(place.run(ingest), {
      name: 'InputError',
      message: 'a.csv, b.jsonl: found 1.5 in column id, expected bigint',
    });
    put('b.jsonl', '{"id": 2.0}\n');
    await place.run(ingest);
    assert.deepEqual(await table(), [
      { id: 1, price: 2 },
      { id: 2, price: null },
    ]);
  });

  it('reads values between semicolons, and texts with quotes in them', async () => {
    made({});
    put('a.csv', 'id;name\n1;"a ""b""; c"\n2;it\'s\n');
    await place.run(ingest);
    assert.deepEqual(await table(), [
      { id: 1, name: 'a "b"; c' },
      { id: 2, name: "it's" },
    ]);
  });

  it('names the line of SQL that is wrong, and what SQL may not do', async () => {
    made(
      { sql: 'make.sql' },
      { 'make.sql': '-- shares\nCREATE VIEW v AS SELECT * FROM raw;\n\nSELECT\n  nothing\nFROM v' },
    );
    put('a.csv', 'id\n1\n');
    await assert.rejects(place.run(ingest), /^ProjectFileError: make\.sql, line 5: Binder Error: .*nothing/);
    for (const [sql, expected] of [
      [
        `COPY (SELECT 1) TO '${place.context.scratch}/x.csv'; SELECT 1`,
        /make\.sql, line 1: found COPY, expected CREATE/,
      ],
      ['SELECT 1; CREATE TABLE a AS SELECT 1', /make\.sql, line 1: found SELECT/],
      ['CREATE TABLE a AS SELECT 1', /make\.sql, line 1: found CREATE as last statement, expected a SELECT/],
      ['-- nothing', /make\.sql: found no statement/],
      ["SELECT * FROM read_text('/etc/passwd')", /Permission Error/],
    ] as const) {
      place.context.project.sql['make.sql'] = sql;
      await assert.rejects(place.run(ingest), expected, sql);
    }
  });

  it('runs without an optional source', async () => {
    made({ optional: true });
    assert.deepEqual((await place.run(ingest)).outputs, []);
  });

  it('refuses two files of one name', async () => {
    made({});
    mkdirSync(join(place.folder, 'data', 'more'));
    put('a.csv', 'id\n1\n');
    put('more/a.csv', 'id\n2\n');
    await assert.rejects(place.run(ingest, { sources: { sales: ['data/**/*.csv'] } }), /two files named a\.csv/);
  });

  it("scores raw reviews by the hard-drive template's rules", async () => {
    const sql = readFileSync(resolve('templates/hdd-failure/reviews.sql'), 'utf8');
    made({ sql: 'reviews.sql', ready: ['manufacturer', 'pct_one_star', 'pct_two_star'] }, { 'reviews.sql': sql });
    const reviews = [
      { rating: 1, title: 'Toshiba HDD died', text: 'seagate is better' },
      { rating: 5, title: 'ST4000DM004 hard drive', text: 'better than my wd' },
      { rating: 2, title: 'A drive', text: 'my Seagate is slow' },
      { rating: 1, title: 'Seagate', text: 'bad storage' },
      { rating: 1, title: 'WD Blue', text: 'this disk broke' },
      { rating: 4, title: 'HGST Ultrastar', text: 'quiet disk', parent_asin: 'B1' },
      { rating: 1, title: 'Toshiba laptop', text: 'no such word here' },
      { rating: 1, title: 'A fast cable', text: 'for any hard thing' },
      { rating: 3, title: null, text: 'western digital ssd' },
      { rating: 3, title: 'Best drive', text: 'wdc' },
    ].map((review) => ({ parent_asin: 'B0', ...review }));
    put('reviews.jsonl.gz', gzipSync(reviews.map((review) => JSON.stringify(review)).join('\n')));
    const { figures } = await place.run(ingest);
    assert.deepEqual(
      (await table()).map((row) => Object.values(row)),
      [
        ['HGST', 1, 0, 0, 0, 0],
        ['SEAGATE', 3, 1, 1, 33.33, 33.33],
        ['TOSHIBA', 1, 1, 0, 100, 0],
        ['WDC', 3, 1, 0, 33.33, 0],
      ],
    );
    assert.equal(figures.reviews_of_WDC, 3);
  });
});
