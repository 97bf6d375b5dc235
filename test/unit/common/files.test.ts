import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendLines, fileError, makeFolder, writeAtomic } from '../../../src/common/files.js';
import { isSameSecret, sha256, sha256OfFile } from '../../../src/common/hash.js';
import { isAlive, ownIdentity, startOf } from '../../../src/common/processes/process-identity.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('files', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => folder.remove());
  const at = (...parts: string[]) => join(folder.path, ...parts);

  it('are written whole, in folders that need not be there yet, with nothing left beside them', async () => {
    assert.equal(await writeAtomic(at('a', 'b.txt'), 'text', { temporary: at('tmp') }), true);
    assert.equal(readFileSync(at('a', 'b.txt'), 'utf8'), 'text');
    assert.deepEqual(readdirSync(at('tmp')), []);
  });

  it('are written by many at once into folders that none of them finds there', async () => {
    for (let round = 0; round < 50; round += 1) {
      const paths = Array.from({ length: 12 }, (_, n) => at(`r${round}`, 'a', 'b', `c${n % 3}`, `d${n}`, 'e'));
      await Promise.all(paths.map((path) => makeFolder(path)));
      for (const path of paths) assert.ok(statSync(path).isDirectory(), path);
    }
  });

  it('are not written where the file system takes no folder, which is told at once', async function () {
    if (process.platform !== 'linux') this.skip();
    await assert.rejects(makeFolder('/proc/self/none/of/these'), /cannot write \/proc\/self\/none: /);
  });

  it('are not replaced when they must be absent', async () => {
    const options = { temporary: at('tmp'), ifAbsent: true };
    const answers = await Promise.all(['one', 'two', 'three'].map((text) => writeAtomic(at('a.txt'), text, options)));
    assert.equal(answers.filter(Boolean).length, 1);
    assert.equal(readFileSync(at('a.txt'), 'utf8'), ['one', 'two', 'three'][answers.indexOf(true)]);
    assert.deepEqual(readdirSync(at('tmp')), []);
  });

  it('get the permissions that are asked for', async () => {
    await writeAtomic(at('secret'), 'text', { temporary: at('tmp'), mode: 0o600 });
    assert.equal(statSync(at('secret')).mode & 0o777, 0o600);
  });

  it('leave nothing half-written when the target cannot be written', async () => {
    writeFileSync(at('file'), 'text');
    await assert.rejects(writeAtomic(at('file', 'below'), 'text', { temporary: at('tmp') }), /cannot write .*below/);
    assert.deepEqual(readdirSync(at('tmp')), []);
  });

  for (const [code, words] of [
    ['ENOSPC', 'the disk is full'],
    ['EROFS', 'the file system is read-only'],
    ['EACCES', 'permission denied'],
  ])
    it(`say it in words when writing ends with ${code}`, () => {
      const error = fileError('write', '/p/x', Object.assign(new Error('code'), { code }));
      assert.equal(error.message, `cannot write /p/x: ${words}`);
      assert.equal(error.exitCode, 4);
    });

  it('take lines after a torn one without joining it', async () => {
    writeFileSync(at('lines'), 'one\ntor');
    await appendLines(at('lines'), ['two', 'three']);
    assert.equal(readFileSync(at('lines'), 'utf8'), 'one\ntor\ntwo\nthree\n');
  });

  it('have the same hash as their bytes', async () => {
    writeFileSync(at('hashed'), 'abc');
    const known = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    assert.equal(await sha256OfFile(at('hashed')), known);
    assert.equal(sha256('abc'), known);
    await assert.rejects(sha256OfFile(at('none')), /cannot read .*none/);
  });
});

describe('secrets', () => {
  it('are the same only when every character is', () => {
    assert.equal(isSameSecret('abc', 'abc'), true);
    assert.equal(isSameSecret('abc', 'abd'), false);
    assert.equal(isSameSecret('abc', 'abcd'), false);
  });
});

describe('process identity', () => {
  it('knows this process, and no process by a number that nobody has', async () => {
    assert.equal(await isAlive(await ownIdentity()), true);
    assert.equal(await startOf(2 ** 22 + 1), undefined);
    assert.equal(await startOf(-1), undefined);
  });

  it('does not take a process for an earlier one with its number', async function () {
    if ((await startOf(process.pid)) === '') {
      this.test!.title += ' (this system tells no start times)';
      this.skip();
    }
    assert.equal(await isAlive({ pid: process.pid, start: 'long ago' }), false);
  });
});
