import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { WrongInput } from '../../../../src/common/errors.js';
import { withSession } from '../../../../src/data/duckdb/session.js';
import { readTable } from '../../../../src/data/tables.js';
import type { Encoding } from '../../../../src/documents/tables/encodings.js';
import { temporaryFolder } from '../../../support/temporary.js';

describe('the encoding of a delimited file', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  const read = (bytes: Buffer, encoding: Encoding, name = 'table.csv') => {
    const path = join(folder.path, name);
    writeFileSync(path, bytes);
    return withSession({ folders: [folder.path] }, async (session) =>
      session.rows((await readTable(session, [path], { encoding })).select),
    );
  };
  const refused = (bytes: Buffer, encoding: Encoding, at: { line: number; found: string }) =>
    assert.rejects(read(bytes, encoding), (error: unknown) => {
      assert.ok(error instanceof WrongInput, String(error));
      assert.deepEqual({ line: error.at.line, found: error.at.found }, at);
      return true;
    });
  const be = (text: string) => Buffer.from(text, 'utf16le').swap16();
  const text = 'town;n\nMünchen;1\n"Köln\nDeutz";2\n';
  const rows = [
    { town: 'München', n: 1 },
    { town: 'Köln\nDeutz', n: 2 },
  ];

  it('is what was said: Latin-1, Windows-1252, UTF-16 of both orders with and without its mark, packed too', async () => {
    assert.deepEqual(await read(Buffer.from(text, 'latin1'), 'latin1'), rows);
    assert.deepEqual(await read(Buffer.from(text, 'latin1'), 'windows-1252'), rows);
    assert.deepEqual(await read(Buffer.from(text, 'utf16le'), 'utf-16le'), rows);
    assert.deepEqual(await read(Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'), rows);
    assert.deepEqual(await read(be(text), 'utf-16be'), rows);
    assert.deepEqual(await read(be(`\ufeff${text}`), 'utf-16be'), rows);
    assert.deepEqual(await read(Buffer.from(text), 'utf-8'), rows);
    assert.deepEqual(await read(gzipSync(Buffer.from(text, 'latin1')), 'latin1', 'table.csv.gz'), rows);
    assert.deepEqual(await read(Buffer.from('a;b\n1;\x80\x93\n', 'latin1'), 'windows-1252'), [{ a: 1, b: '€“' }]);
  });

  it('is what its mark says, whatever was said', async () => {
    const marked = `\ufeff${text}`;
    for (const said of ['utf-8', 'latin1', 'utf-16be'] as const) {
      assert.deepEqual(await read(Buffer.from(marked, 'utf16le'), said), rows);
      assert.deepEqual(await read(Buffer.from(marked), said), rows);
      assert.deepEqual(await read(gzipSync(be(marked)), said, 'table.csv.gz'), rows);
    }
  });

  it('keeps a letter whole that two pieces of a large file share', async () => {
    const many = `a;b\n${'1;🦊\n'.repeat(300_000)}`;
    const found = await withSession({ folders: [folder.path] }, async (session) => {
      const path = join(folder.path, 'large.csv');
      writeFileSync(path, Buffer.from(`x${many}`, 'utf16le'));
      const { select } = await readTable(session, [path], { encoding: 'utf-16le' });
      return session.rows(`SELECT count(*) AS n, count(DISTINCT b) AS kinds FROM (${select})`);
    });
    assert.deepEqual(found, [{ n: 300_000, kinds: 1 }]);
  });

  it('refuses, with its line, what is no letter of it, and a text that is plainly of another', async () => {
    const latin1 = (line: string) => Buffer.from(`a;b\n1;x\n${line}`, 'latin1');
    await refused(latin1('2;\x81\n'), 'windows-1252', { line: 3, found: 'byte 81, which is no letter' });
    await refused(latin1('2;\x80\n'), 'latin1', { line: 3, found: 'byte 80, a letter of windows-1252' });
    await refused(Buffer.from(text), 'latin1', { line: 1, found: 'letters of UTF-8' });
    await refused(Buffer.concat([Buffer.from('a;b\n1;2\n', 'utf16le'), Buffer.from([0x31])]), 'utf-16le', {
      line: 3,
      found: 'half of a character',
    });
  });
});
