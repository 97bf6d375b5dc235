import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { pack } from 'tar-stream';
import { InputError } from '../../../../src/common/errors.js';
import { listArchive, readMember } from '../../../../src/data/archive/archive.js';
import type { Bytes } from '../../../../src/data/bytes.js';

/** Bytes in memory that remember how they were asked for. */
function heldBytes(bytes: Uint8Array): Bytes & { asked: number[] } {
  const asked: number[] = [];
  return {
    size: bytes.length,
    asked,
    read(from, length) {
      asked.push(length);
      return Promise.resolve(bytes.subarray(from, from + length));
    },
  };
}

async function tarOf(files: Record<string, string | Uint8Array>, link?: string): Promise<Buffer> {
  const tar = pack();
  for (const [name, body] of Object.entries(files))
    tar.entry({ name, mtime: new Date('2026-11-21T09:00:00Z') }, Buffer.from(body));
  if (link) tar.entry({ name: link, type: 'symlink', linkname: '/etc/passwd' });
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

describe('looking into an archive', () => {
  const files = { 'model.txt': 'tree\n', 'code/inference.py': 'pass\n' };

  it('lists a model.tar.gz with sizes and times', async () => {
    const bytes = heldBytes(gzipSync(await tarOf(files)));
    const { members, complete, reasons } = await listArchive(bytes, 'tar.gz');
    assert.deepEqual(
      members.map(({ name, size, type, modifiedAt, closed }) => [name, size, type, modifiedAt, closed]),
      [
        ['model.txt', 5, 'file', '2026-11-21T09:00:00.000Z', null],
        ['code/inference.py', 5, 'file', '2026-11-21T09:00:00.000Z', null],
      ],
    );
    assert.equal(complete, true);
    assert.deepEqual(reasons, {});
  });

  it('lists a plain tar and a zip the same way', async () => {
    const names = async (bytes: Uint8Array, format: 'tar' | 'zip') =>
      (await listArchive(heldBytes(bytes), format)).members.map(({ name, size }) => [name, size]);
    const expected = [
      ['model.txt', 5],
      ['code/inference.py', 5],
    ];
    assert.deepEqual(await names(await tarOf(files), 'tar'), expected);
    const zip = zipSync({ 'model.txt': Buffer.from('tree\n'), 'code/inference.py': Buffer.from('pass\n') });
    assert.deepEqual(await names(zip, 'zip'), expected);
  });

  it('reads only the directory of a zip, not its data', async () => {
    const large = heldBytes(zipSync({ 'a.bin': new Uint8Array(20e6), 'b.txt': Buffer.from('b') }, { level: 0 }));
    assert.equal((await listArchive(large, 'zip')).members.length, 2);
    assert.ok(large.asked.reduce((sum, length) => sum + length, 0) < 3e6, `${large.asked.length} reads`);
  });

  it('opens a member, or its beginning', async () => {
    const tar = heldBytes(gzipSync(await tarOf(files)));
    const zip = heldBytes(zipSync({ 'code/inference.py': Buffer.from('pass\n') }));
    const found = await readMember(tar, 'tar.gz', 'code/inference.py', 100);
    assert.deepEqual([text(found.bytes), found.size], ['pass\n', 5]);
    assert.equal(text((await readMember(zip, 'zip', 'code/inference.py', 2)).bytes), 'pa');
    await assert.rejects(readMember(tar, 'tar.gz', 'none.txt', 10), /found no file "none\.txt"/);
  });

  it('does not offer what leads out of the archive, nor links', async () => {
    const tar = await tarOf({ '../../home/x': 'x', '/etc/cron': 'x' }, 'passwd');
    const { members } = await listArchive(heldBytes(tar), 'tar');
    assert.deepEqual(
      members.map(({ name, closed }) => [name, closed]),
      [
        ['../../home/x', 'its name leads out of the archive'],
        ['/etc/cron', 'its name starts at the root of a disk'],
        ['passwd', 'it is a link'],
      ],
    );
  });

  it('lists what a cut or damaged archive still has, and says so', async () => {
    const whole = gzipSync(
      await tarOf({ 'a.txt': 'a', 'b.bin': Buffer.from(Array.from({ length: 5e4 }, (_, i) => (i * 7919) % 251)) }),
    );
    const cut = await listArchive(heldBytes(whole.subarray(0, whole.length - 200)), 'tar.gz');
    assert.equal(cut.members[0]?.name, 'a.txt');
    assert.equal(cut.complete, false);
    assert.match(cut.reasons.members!, /damaged: unexpected end/);
    const none = await listArchive(heldBytes(Buffer.from('this is no zip')), 'zip');
    assert.deepEqual([none.members.length, none.complete], [0, false]);
  });

  it('says which member a damaged archive does not give, as wrong input', async () => {
    const damaged = [
      [Buffer.from('no gzip at all'), 'tar.gz'],
      [gzipSync(await tarOf(files)).subarray(0, 60), 'tar.gz'],
      [Buffer.from('no zip at all, however long one looks'), 'zip'],
    ] as const;
    for (const [bytes, format] of damaged)
      await assert.rejects(readMember(heldBytes(bytes), format, 'code/inference.py', 10), (error) => {
        assert.ok(error instanceof InputError, String(error));
        assert.match(error.message, /^"code\/inference\.py" cannot be read from the archive: ./);
        return true;
      });
  });

  it('stops at a header that would fill the memory', async () => {
    // A long name that says it has 200 MB: a reader that trusts it would hold them all.
    const header = Buffer.alloc(512);
    header.write('././@LongLink', 0);
    header.write('0000644\0', 100);
    header.write('0000000\0', 108);
    header.write('0000000\0', 116);
    header.write(`${(200e6).toString(8).padStart(11, '0')}\0`, 124);
    header.write('00000000000\0', 136);
    header.write('        ', 148);
    header.write('L', 156);
    header.write('ustar  \0', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const bomb = gzipSync(Buffer.concat([header, Buffer.alloc(200e6, 'a')]));
    const before = process.memoryUsage().arrayBuffers;
    const { complete, reasons } = await listArchive(heldBytes(bomb), 'tar.gz');
    assert.equal(complete, false);
    assert.match(reasons.members!, /exceeds max size/);
    assert.ok(process.memoryUsage().arrayBuffers - before < 100e6);
  });

  it('passes over large members without holding them', async () => {
    const bytes = heldBytes(
      gzipSync(await tarOf({ 'weights.bin': Buffer.alloc(60e6, 'w'), 'last.txt': 'end' }), { level: 1 }),
    );
    const before = process.memoryUsage().arrayBuffers;
    const { members } = await listArchive(bytes, 'tar.gz');
    assert.deepEqual(
      members.map(({ name }) => name),
      ['weights.bin', 'last.txt'],
    );
    assert.ok(process.memoryUsage().arrayBuffers - before < 50e6);
  });
});
