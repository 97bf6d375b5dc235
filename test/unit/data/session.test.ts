import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancelledError } from '../../../src/common/errors.js';
import { openSession, type Session, withSession } from '../../../src/data/duckdb/session.js';

describe('a DuckDB session', () => {
  let folder: string;
  let outside: string;
  let session: Session;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'session-'));
    outside = mkdtempSync(join(tmpdir(), 'outside-'));
    session = await openSession({ folders: [folder] });
  });
  afterEach(() => {
    session.close();
    for (const path of [folder, outside]) rmSync(path, { recursive: true, force: true });
  });

  it('reads and writes in its own folders', async () => {
    await session.run(`COPY (SELECT 1 AS a) TO '${join(folder, 'x.parquet')}' (FORMAT parquet)`);
    assert.deepEqual(await session.rows(`SELECT * FROM '${join(folder, 'x.parquet')}'`), [{ a: 1 }]);
  });

  it('refuses to read or write anywhere else, and to open itself again', async () => {
    writeFileSync(join(outside, 'secret.csv'), 'a\n1\n');
    for (const sql of [
      `SELECT * FROM read_csv('${join(outside, 'secret.csv')}')`,
      `SELECT * FROM read_text('${join(folder, '..', 'secret.csv')}')`,
      `COPY (SELECT 1) TO '${join(outside, 'out.csv')}'`,
      `ATTACH '${join(outside, 'other.db')}'`,
      `SELECT * FROM read_csv('http://127.0.0.1:1/a.csv')`,
      `INSTALL httpfs`,
      `LOAD httpfs`,
      `SET enable_external_access = true`,
      `SET allowed_directories = ['/']`,
    ]) {
      await assert.rejects(session.run(sql), /Permission|disabled|locked|not an absolute|Cannot/i, sql);
    }
    assert.deepEqual(readdirSync(outside), ['secret.csv']);
  });

  it('does not take a folder whose name only begins like its own for its own', async () => {
    const sibling = `${folder}-sibling`;
    await assert.rejects(session.run(`COPY (SELECT 1) TO '${join(sibling, 'x.csv')}'`), /Permission/);
  });

  it('gives decimals that a double cannot hold as texts, to the last digit', async () => {
    assert.deepEqual(
      await session.rows(`SELECT -99999999999999.99::DECIMAL(16,2) AS a, 0.1234567890123456789::DECIMAL(38,19) AS b,
        -1234567890123.45::DECIMAL(15,2) AS c, 1.10::DECIMAL(18,2) AS d`),
      [{ a: '-99999999999999.99', b: '0.1234567890123456789', c: -1234567890123.45, d: 1.1 }],
    );
  });

  it('gives plain cells: big integers, dates, decimals and nulls as a person reads them', async () => {
    assert.deepEqual(
      await session.rows(`SELECT 3::BIGINT AS a, 9007199254740993::BIGINT AS b, DATE '2013-04-10' AS c, 1.25 AS d,
        NULL AS e, true AS f, [1, 2] AS g, TIMESTAMP '2013-04-10 01:02:03' AS h`),
      [
        {
          a: 3,
          b: '9007199254740993',
          c: '2013-04-10',
          d: 1.25,
          e: null,
          f: true,
          g: '[1,2]',
          h: '2013-04-10 01:02:03',
        },
      ],
    );
  });

  it('brings columns as typed arrays over many chunks, nulls as NaN, texts where asked', async () => {
    const { rows, columns, values, text } = await session.columns(
      `SELECT i::INTEGER AS "a b", CASE WHEN i % 3 = 0 THEN NULL ELSE i / 2 END AS half, 'n' || i AS name
       FROM range(10000) t(i) ORDER BY i DESC`,
      { text: ['name'] },
    );
    assert.equal(rows, 10000);
    assert.deepEqual(columns, ['a b', 'half']);
    assert.equal(values[0]![0], 9999);
    assert.equal(values[0]![9998], 1);
    assert.equal(values[1]![9998], 0.5);
    assert.ok(Number.isNaN(values[1]![9999]));
    assert.equal(values[1]!.length, 10000);
    assert.equal(text.get('name')![9997], 'n2');
  });

  it('brings columns of a query with parameters', async () => {
    const { values } = await session.columns('SELECT i FROM range(10) t(i) WHERE i >= $1', { parameters: [8] });
    assert.deepEqual([...values[0]!], [8, 9]);
  });

  it('stops a running query when cancelled, and stays stopped', async () => {
    const abort = new AbortController();
    await withSession({ folders: [folder], signal: abort.signal }, async (cancellable) => {
      const running = cancellable.rows(
        'SELECT count(*) FROM range(100000) a, range(10000000) b WHERE a.range = b.range % 7',
      );
      setImmediate(() => abort.abort());
      await assert.rejects(running, CancelledError);
      await assert.rejects(cancellable.rows('SELECT 1'), CancelledError);
    });
    assert.deepEqual(readdirSync(folder).length, 1, "only the other session's overflow folder is left");
  });
});
