import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ConflictError } from '../../../src/common/errors.js';
import { sha256 } from '../../../src/common/hash.js';
import { readOverrides } from '../../../src/pipeline/overrides.js';
import { openLocal } from '../../../src/platform/local/index.js';
import { everyItem } from '../../../src/platform/ports/pages.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('waivers of several processes at once', function () {
  this.timeout(120_000);
  const rounds = 10;
  let folder: ReturnType<typeof temporaryFolder>;
  const children: ChildProcess[] = [];

  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    folder.remove();
  });

  function waiver(name: string) {
    const script = resolve('test/support/set-waiver.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder.path, name], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return { child, says: async () => String((await lines.next()).value) };
  }

  it('all survive, each with its line in the ledger', async () => {
    const place = openLocal({ projectFolder: folder.path, project: 'waived' });
    const processes = ['a', 'b', 'c', 'd', 'e'].map(waiver);
    for (const one of processes) assert.equal(await one.says(), 'ready');
    const expected: string[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      for (const { child } of processes) child.stdin.write(`${round}\n`);
      for (const one of processes) assert.equal(await one.says(), 'done');
      expected.push(...['a', 'b', 'c', 'd', 'e'].map((name) => `${name}-${round}`));
      const { waivers } = await readOverrides(place);
      assert.deepEqual(waivers.map(({ gate }) => gate).sort(), [...expected].sort());
    }
    const told: (string | undefined)[] = [];
    for await (const { to } of everyItem((page) => place.ledger.list(page))) told.push(to ?? undefined);
    assert.deepEqual(told.sort(), [...expected].sort());
  });

  it('rest on objects that are replaced only while they are what was read', async () => {
    const place = openLocal({ projectFolder: folder.path, project: 'waived' });
    const { objects } = place.writers('test');
    const read = async () => Buffer.from((await place.objects.read('a.txt'))!).toString();
    await assert.rejects(objects.put('a.txt', 'x', { ifMatch: sha256('one') }), ConflictError);
    await objects.put('a.txt', 'one', { ifAbsent: true });
    await assert.rejects(objects.put('a.txt', 'x', { ifAbsent: true }), ConflictError);
    await objects.put('a.txt', 'two', { ifMatch: sha256('one') });
    await assert.rejects(objects.put('a.txt', 'x', { ifMatch: sha256('one') }), ConflictError);
    assert.equal(await read(), 'two');
  });
});
