import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { InputError, MissingRight, NoSuchObject } from '../../../../src/common/errors.js';
import type { Environment } from '../../../../src/platform/ports/environment.js';
import type { ObjectEntry, ObjectReader } from '../../../../src/platform/ports/objects.js';
import type { ObjectAddress } from '../../../../src/vscode/object-address.js';
import { FileProblem, makeObjectFiles, moreName, mostOpened } from '../../../../src/vscode/objects/object-files.js';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

/** A bucket in memory; an object may only be said to be large. */
function fakeEnvironment(held: Record<string, string | Uint8Array>, sizes: Record<string, number> = {}) {
  const asked: string[] = [];
  const fake: { fails?: Error } = {};
  const bytesOf = (key: string) => (key in held ? Buffer.from(held[key]!) : undefined);
  const guarded = <Value>(call: string, value: () => Value) => {
    asked.push(call);
    return fake.fails ? Promise.reject(fake.fails) : Promise.resolve(value());
  };
  const objects: Partial<ObjectReader> = {
    head: (key) =>
      guarded(`head ${key}`, () => {
        const size = sizes[key] ?? bytesOf(key)?.length;
        return size === undefined ? undefined : { size, modifiedAt: '2026-11-21T09:31:00.000Z' };
      }),
    read: (key, { from = 0, maxBytes = Number.POSITIVE_INFINITY } = {}) =>
      guarded(`read ${key}`, () => bytesOf(key)?.subarray(from, from + maxBytes)),
    list: (prefix, { limit = 1000 } = {}) =>
      guarded(`list ${prefix}`, () => {
        const keys = Object.keys(held).filter((key) => key.startsWith(prefix));
        const items = keys.map((key): ObjectEntry => {
          const cut = key.indexOf('/', prefix.length) + 1;
          return cut > 0
            ? { kind: 'folder', key: key.slice(0, cut) }
            : { kind: 'object', key, size: 1, modifiedAt: '' };
        });
        return { items: items.slice(0, limit), ...(items.length > limit && { next: 'more' }) };
      }),
  };
  const environment = { name: 'prod', kind: 'aws', bucket: 'b', objects } as unknown as Environment;
  return { asked, fake, files: makeObjectFiles(() => Promise.resolve(environment)) };
}

const at = (key: string, more: Partial<ObjectAddress> = {}): ObjectAddress => {
  return { environment: 'prod', bucket: 'b', key, ...more };
};

async function problem(work: Promise<unknown>): Promise<[string, string]> {
  const error = await work.then(
    () => assert.fail('nothing went wrong'),
    (found: unknown) => found,
  );
  assert.ok(error instanceof FileProblem, String(error));
  return [error.kind, error.message];
}

describe('objects as files', () => {
  it('tell objects, folders and buckets apart', async () => {
    const { files } = fakeEnvironment({ 'k/a.json': '{}' });
    const modifiedAt = Date.parse('2026-11-21T09:31:00Z');
    assert.deepEqual(await files.stat(at('k/a.json')), { kind: 'file', size: 2, modifiedAt });
    for (const key of ['', 'k', 'k/']) assert.equal((await files.stat(at(key))).kind, 'folder');
    assert.deepEqual(await problem(files.stat(at('k/b'))), [
      'not-found',
      'found no object s3://b/k/b in environment prod',
    ]);
  });

  it('list a folder, and say in it when there is more', async () => {
    const keys = Array.from({ length: 1001 }, (_, index) => `k/${String(index).padStart(4, '0')}`);
    const { files, asked } = fakeEnvironment(Object.fromEntries([...keys, 'j/a/b', 'j/c'].map((key) => [key, 'x'])));
    assert.deepEqual(await files.list(at('j')), [
      ['a', 'folder'],
      ['c', 'file'],
    ]);
    const many = await files.list(at('k'));
    assert.equal(many.length, 1001);
    assert.deepEqual(many.at(-1), [moreName, 'file']);
    assert.match(text(await files.read(at(`k/${moreName}`))), /Only the first 1000 entries/);
    assert.deepEqual(asked, ['list j/', 'list k/']);
  });

  it('are read anew each time', async () => {
    const { files, asked } = fakeEnvironment({ 'a.txt': 'hello' });
    for (let round = 0; round < 2; round += 1) assert.equal(text(await files.read(at('a.txt'))), 'hello');
    assert.equal(asked.filter((call) => call === 'read a.txt').length, 2);
  });

  it('refuse to open what no editor would hold, and open its beginning in whole lines', async () => {
    const { files, asked } = fakeEnvironment({ 'a.log': 'one\ntwo\nthr' }, { 'a.log': mostOpened + 1 });
    const [kind, message] = await problem(files.read(at('a.log')));
    assert.equal(kind, 'too-large');
    assert.match(message, /s3:\/\/b\/a\.log has 64\.0 MB.*mlops bucket get/);
    assert.deepEqual(asked, ['head a.log']);
    assert.equal(text(await files.read(at('a.log', { beginning: true }))), 'one\ntwo\n');
    assert.equal((await files.stat(at('a.log', { beginning: true }))).size, 1_000_000);
  });

  it('open a file in an archive, and no other', async () => {
    const tar = pack();
    tar.entry({ name: 'code/inference.py' }, 'pass\n');
    tar.finalize();
    const chunks: Uint8Array[] = [];
    for await (const chunk of tar as AsyncIterable<Uint8Array>) chunks.push(chunk);
    const { files } = fakeEnvironment({ 'model.tar.gz': gzipSync(Buffer.concat(chunks)), 'a.txt': 'x' });
    const member = at('model.tar.gz', { member: 'code/inference.py' });
    assert.equal(text(await files.read(member)), 'pass\n');
    assert.equal((await files.stat(member)).size, 5);
    assert.equal((await problem(files.read(at('model.tar.gz', { member: 'none' }))))[0], 'not-found');
    assert.equal((await problem(files.read(at('a.txt', { member: 'x' }))))[0], 'not-found');
  });

  it('say in our words why they cannot be had', async () => {
    const { files, fake } = fakeEnvironment({});
    const denied = new MissingRight('not allowed: HeadObject', 's3:GetObject');
    fake.fails = denied;
    assert.deepEqual(await problem(files.stat(at('a'))), ['denied', denied.message]);
    fake.fails = new NoSuchObject('environment prod: there is no bucket b', 'b');
    assert.equal((await problem(files.read(at('a'))))[0], 'not-found');
    fake.fails = new Error('no answer in time');
    assert.deepEqual(await problem(files.list(at('a'))), ['unavailable', 'no answer in time']);
  });

  it('are had only from the environment that is open', async () => {
    const files = makeObjectFiles((name) => Promise.reject(new InputError(`this lies in environment ${name}`)));
    assert.deepEqual(await problem(files.read(at('a'))), ['unavailable', 'this lies in environment prod']);
  });
});
