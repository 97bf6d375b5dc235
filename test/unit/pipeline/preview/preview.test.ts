import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openSession } from '../../../../src/data/duckdb/session.js';
import type { TablePreview, TextPreview } from '../../../../src/documents/tables/previews.js';
import { previewObject } from '../../../../src/pipeline/preview/preview.js';
import type { Source } from '../../../../src/pipeline/preview/source.js';
import { temporaryFolder } from '../../../support/temporary.js';

/** A source of bytes at hand; `size` may say that many more of the same kind follow. */
function sourceOf(name: string, body: string | Uint8Array, size?: number): Source & { read_: () => number } {
  const bytes = Buffer.from(body);
  let count = 0;
  return {
    name,
    uri: `s3://b/${name}`,
    size: size ?? bytes.length,
    read_: () => count,
    read(from, length) {
      const to = Math.min(from + length, size ?? bytes.length);
      const part = Buffer.alloc(Math.max(0, to - from));
      for (let at = 0; at < part.length;) at += bytes.copy(part, at, (from + at) % bytes.length);
      count += part.length;
      return Promise.resolve(part);
    },
    unchanged: () => Promise.resolve(true),
  };
}

const look = (source: Source, rows = 3, whole = false) =>
  previewObject(source, { rows, whole }) as Promise<TablePreview>;

describe('a look into an object', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const before_ = process.env.TMPDIR;
  before(() => (process.env.TMPDIR = folder.path));
  after(() => {
    if (before_ === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before_;
    folder.remove();
  });
  const write = async (select: string, options: string) => {
    const path = join(folder.path, 'made.parquet');
    const session = await openSession({ folders: [folder.path] });
    await session.run(`COPY (${select}) TO '${path}' (FORMAT parquet, ${options})`);
    session.close();
    return readFileSync(path);
  };

  it('shows columns, nulls, rows and how many there are, and leaves nothing behind', async () => {
    const found = await look(sourceOf('a.csv', 'a,b\n1,x\n2,\n3,"y\nz"\n4,w\n'));
    assert.deepEqual(found, {
      ...{ kind: 'table-preview', schemaVersion: 1, uri: 's3://b/a.csv', name: 'a.csv', size: 23, format: 'csv' },
      total: 4,
      columns: [
        { name: 'a', type: 'BIGINT', nulls: 0 },
        { name: 'b', type: 'VARCHAR', nulls: 1 },
      ],
      rows: [
        [1, 'x'],
        [2, null],
        [3, 'y\nz'],
      ],
      ...{ unread: null, reasons: {} },
    });
    assert.deepEqual(readdirSync(folder.path), []);
  });

  it('reads TSV, JSON lines, a JSON list and their packed forms', async () => {
    const rows = async (name: string, body: string | Uint8Array) => (await look(sourceOf(name, body))).rows;
    assert.deepEqual(await rows('a.tsv', 'a\tb\n1\tx\n'), [[1, 'x']]);
    assert.deepEqual(await rows('a.jsonl.gz', gzipSync('{"a":1}\n{"a":2}\n')), [[1], [2]]);
    assert.deepEqual(await rows('a.json', '\n[{"a":1}]'), [[1]]);
    assert.deepEqual(await rows('a.json.gz', gzipSync('[{"a":1}]')), [[1]]);
  });

  it('reads of a large text its beginning in whole records, and says what it does not know', async () => {
    const source = sourceOf('a.csv', `name,words\n${'k,"two\nlines"\n'.repeat(600_000)}`, 100_000_000);
    const found = await look(source, 2);
    assert.deepEqual(found.rows, [
      ['k', 'two\nlines'],
      ['k', 'two\nlines'],
    ]);
    assert.equal(found.total, null);
    assert.deepEqual(
      found.columns.map(({ nulls }) => nulls),
      [null, null],
    );
    assert.deepEqual(found.reasons, { total: 'only its beginning was read', nulls: 'only its beginning was read' });
    assert.equal(found.unread, 100_000_000);
    assert.ok(source.read_() < 20e6, `${source.read_()} bytes were read`);
  });

  it('asks before it reads a large list, which has no beginning', async () => {
    const source = sourceOf('a.json', '[{"a":1},', 100_000_000);
    const found = await look(source);
    assert.deepEqual([found.rows, found.columns, found.total, found.unread], [[], [], null, 100_000_000]);
    assert.match(found.reasons.rows!, /100 MB, which is read only when asked/);
    assert.ok(source.read_() < 1000);
  });

  it('reads of a Parquet the footer and the first row groups', async () => {
    const body = await write(
      'SELECT range AS a, {b: range} AS nested, random() AS r FROM range(50000)',
      'ROW_GROUP_SIZE 5000',
    );
    const source = sourceOf('a.parquet', body);
    const found = await look(source, 2);
    assert.equal(found.total, 50_000);
    assert.deepEqual(
      found.columns.map(({ name, type, nulls }) => [name, type, nulls]),
      [
        ['a', 'BIGINT', 0],
        ['nested', 'STRUCT(b BIGINT)', null],
        ['r', 'DOUBLE', 0],
      ],
    );
    assert.deepEqual(found.reasons, { nulls: 'the file does not record those of nested' });
    assert.deepEqual(
      found.rows.map(([a]) => a),
      [0, 1],
    );
    assert.ok(source.read_() < body.length / 3, `${source.read_()} of ${body.length} bytes were read`);
    assert.equal((await look(source, 7000)).rows.at(-1)![0], 6999);
  });

  it('shows the schema of a Parquet of one large piece, and reads its rows when asked', async () => {
    const body = await write(
      'SELECT random() AS r FROM range(9000000)',
      'ROW_GROUP_SIZE 9000000, COMPRESSION uncompressed',
    );
    const source = sourceOf('a.parquet', body);
    const found = await look(source);
    assert.deepEqual([found.total, found.rows], [9_000_000, []]);
    assert.ok(found.unread! > 64e6 && source.read_() < 1e6);
    assert.match(found.reasons.rows!, /one piece of \d\d\.\d MB, which is read only when asked/);
    assert.equal((await look(source, 3, true)).rows.length, 3);
  });

  it('shows an empty table as one', async () => {
    const found = await look(sourceOf('a.parquet', await write('SELECT 1 AS a WHERE false', 'ROW_GROUP_SIZE 5000')));
    assert.deepEqual([found.total, found.rows, found.columns.length], [0, [], 1]);
  });

  it('cuts values that nobody reads to their end, and says so', async () => {
    const found = await look(sourceOf('a.jsonl', JSON.stringify({ a: 'x'.repeat(20_000) })));
    assert.equal(String(found.rows[0]![0]).length, 10_001);
    assert.deepEqual(found.reasons, { values: '1 value was cut at 10000 characters' });
  });

  it('says by the name of the object what is wrong with it', async () => {
    const wrong = (name: string, body: string | Uint8Array) => look(sourceOf(name, body));
    await assert.rejects(
      wrong('a.parquet', 'this is no Parquet'),
      /^InputError: a\.parquet: found bytes that are no Parquet/,
    );
    await assert.rejects(wrong('a.parquet', `${'x'.repeat(20)}PARE`), /encrypted/);
    await assert.rejects(
      wrong('a.parquet', Buffer.from([...Buffer.alloc(20), 0xff, 0xff, 0xff, 0x7f, ...Buffer.from('PAR1')])),
      /no Parquet/,
    );
    await assert.rejects(
      wrong('a.csv.gz', gzipSync('a,b\n1,2\n').subarray(0, 15)),
      /a\.csv\.gz: found unexpected end of file/,
    );
    await assert.rejects(wrong('a.jsonl', '{"a":1}\n{"a":\n'), /a\.jsonl, line 2: found/);
    await assert.rejects(wrong('a.bin', Buffer.from([1, 0, 2])), /a\.bin: found bytes that are no text/);
    await assert.rejects(wrong('empty.csv', ''), /empty\.csv.*empty/);
  });

  it('shows the beginning of a text, of a packed one too', async () => {
    const text = async (name: string, body: string | Uint8Array) =>
      (await previewObject(sourceOf(name, body), { rows: 1 })) as unknown as TextPreview;
    const found = await text('notes.txt.gz', gzipSync('one\ntwo\n'));
    assert.deepEqual([found.kind, found.text, found.whole], ['text-preview', 'one\ntwo\n', true]);
    const long = await text('long.log', 'é'.repeat(100_000));
    assert.deepEqual([long.text.length, long.whole], [32_000, false]);
    assert.equal((await text('a.json', '{"kind":"x"}')).kind, 'text-preview');
  });

  it('does not mix two states of an object', async () => {
    const replaced = { ...sourceOf('a.csv', 'a\n1\n'), unchanged: () => Promise.resolve(false) };
    await assert.rejects(look(replaced), /was replaced while it was read/);
  });
});
