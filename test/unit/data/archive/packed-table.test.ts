import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { unpackedTable } from '../../../../src/data/archive/packed-table.js';
import { withSession } from '../../../../src/data/duckdb/session.js';
import { readTable } from '../../../../src/data/tables.js';
import { lyingZip } from '../../../support/lying-zip.js';
import { temporaryFolder } from '../../../support/temporary.js';

const rows = 'id,n\na,1\nb,2\n';

describe('a table that is packed', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  const file = (name: string, bytes: Uint8Array) => {
    const path = join(folder.path, name);
    writeFileSync(path, bytes);
    return path;
  };
  const zip = (name: string, members: Record<string, string>) =>
    file(name, zipSync(Object.fromEntries(Object.entries(members).map(([key, text]) => [key, strToU8(text)]))));
  const refused = (path: string, message: RegExp) =>
    assert.rejects(unpackedTable(path, folder.path), (error: Error) => {
      assert.match(error.message, message);
      return true;
    });

  it('is read where it lies alone in a zip, whatever lies beside it that is none', async () => {
    const path = zip('march.zip', {
      'rows/march.csv': rows,
      'readme.md': '# Rows',
      '__MACOSX/rows/._march.csv': 'x',
      'rows/.march.csv': 'x',
    });
    const found = await withSession({ folders: [folder.path] }, async (session) =>
      session.rows((await readTable(session, [path])).select),
    );
    assert.deepEqual(found, [
      { id: 'a', n: 1 },
      { id: 'b', n: 2 },
    ]);
  });

  it('is read of a .gz by the name that it had before, and by that of the file', async () => {
    const named = gzipSync(rows);
    named[3] = 0x08;
    const withName = Buffer.concat([named.subarray(0, 10), Buffer.from('march.csv\0'), named.subarray(10)]);
    for (const path of [file('upload.gz', withName), file('march.tsv.gz', gzipSync('id\tn\na\t1\n'))])
      assert.equal(
        await withSession({ folders: [folder.path] }, async (session) =>
          Object.keys((await session.rows((await readTable(session, [path])).select))[0]!).join(),
        ),
        'id,n',
      );
    assert.equal(basename(await unpackedTable(file('book.xlsx.gz', gzipSync('x')), folder.path)), 'book.xlsx');
    await refused(file('cut.gz', withName.subarray(0, 30)), /cut\.gz: found bytes that cannot be unpacked/);
  });

  it('is refused among others, naming them, and where there is none', async () => {
    const two = zip('two.zip', { 'a.csv': rows, 'b/c.parquet': 'x' });
    await refused(two, /two\.zip: found 2 tables in it: a\.csv, b\/c\.parquet, expected one table/);
    await refused(zip('none.zip', { 'readme.md': '' }), /none\.zip: found no table in it: readme\.md, expected one/);
    await refused(zip('empty.zip', {}), /empty\.zip: found nothing, expected one table/);
    await refused(file('text.zip', Buffer.from(rows)), /text\.zip: found no member of a zip at byte 0/);
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`${at}.csv`, rows]));
    await refused(zip('many.zip', many), /found 9 tables in it: 0\.csv, 1\.csv, 2\.csv, 3\.csv, 4\.csv, …, expected/);
  });

  it('is refused where its bytes are not what the zip says, and where its name leads out of it', async () => {
    const path = zip('bad.zip', { 'a.csv': rows.repeat(50) });
    const bytes = readFileSync(path);
    bytes[40] = bytes[40]! ^ 0xff;
    await refused(file('bad.zip', bytes), /bad\.zip: a\.csv: found /);
    await refused(zip('out.zip', { '../../out.csv': rows }), /out\.csv: found its name leads out of the archive/);
    const cut = readFileSync(zip('cut.zip', { 'a.csv': rows, 'b.csv': rows })).subarray(0, 80);
    await refused(file('cut.zip', cut), /cut\.zip: .*found/);
    const bomb = lyingZip([{ name: 'a.csv', body: strToU8(rows), size: 4e9 }]);
    await refused(file('bomb.zip', bomb), /bomb\.zip: found a member of .* unpacked \(a\.csv\), expected at most/);
  });

  it('is no matter to any other file', async () => {
    const path = file('plain.csv', Buffer.from(rows));
    assert.equal(relative(folder.path, await unpackedTable(path, folder.path)), 'plain.csv');
  });
});
