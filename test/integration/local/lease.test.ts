import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { takeLease } from '../../../src/pipeline/holding-lease.js';
import { openLocal } from '../../../src/platform/local/index.js';
import type { Environment } from '../../../src/platform/ports/environment.js';
import type { LeaseHolder } from '../../../src/platform/ports/lease.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('the lease among processes', function () {
  this.timeout(60_000);
  let folder: ReturnType<typeof temporaryFolder>;
  let place: Environment;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    folder = temporaryFolder();
    place = openLocal({ projectFolder: folder.path, project: 'leased' });
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    folder.remove();
  });

  /** A process that takes the lease, says so, and holds it until it is told to release it. */
  function taker(name: string) {
    const script = resolve('test/support/take-lease.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder.path, name], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return { child, says: async () => String((await lines.next()).value) };
  }

  async function killed(): Promise<void> {
    const first = taker('first');
    assert.equal(await first.says(), 'ready');
    first.child.stdin.write('take\n');
    assert.equal(await first.says(), 'holds');
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
  }

  it('is taken over at once from a process that was killed, and tells from whom', async () => {
    await killed();
    assert.equal(await place.lease.holder(), undefined);
    let gone: LeaseHolder | undefined;
    const waited: LeaseHolder[] = [];
    const lease = await place.writers('test').lease.acquire('second', {
      onTakeOver: (holder) => (gone = holder),
      onWait: (holder) => waited.push(holder),
    });
    assert.equal(gone?.purpose, 'first');
    assert.deepEqual(waited, []);
    assert.equal((await place.lease.holder())?.purpose, 'second');
    await lease.release();
    assert.deepEqual(
      readdirSync(join(folder.path, '.mlops')).filter((name) => name.startsWith('lease')),
      [],
    );
  });

  it('goes to exactly one of several who take it over at the same moment', async () => {
    await killed();
    const takers = ['a', 'b', 'c', 'd'].map(taker);
    for (const one of takers) assert.equal(await one.says(), 'ready');
    for (const { child } of takers) child.stdin.write('take\n');
    const answers = takers.map((one) => one.says());
    const order: number[] = [];
    for (let turn = 0; turn < takers.length; turn += 1) {
      const open = takers.map((_, index) => index).filter((index) => !order.includes(index));
      const first = await Promise.race(open.map(async (index) => [index, await answers[index]] as const));
      assert.equal(first[1], 'holds');
      const holders = (await Promise.all(open.map((index) => isSettled(answers[index]!)))).filter(Boolean);
      assert.equal(holders.length, 1, 'two hold it at once');
      order.push(first[0]);
      takers[first[0]]!.child.stdin.write('release\n');
      assert.equal(await takers[first[0]]!.says(), 'released');
    }
    assert.equal(await place.lease.holder(), undefined);
  });

  it('is taken over when the number of its process belongs to another one by now', async () => {
    const claim = { purpose: 'old', pid: process.pid, processStart: 'another boot:1', host: hostname() };
    writeLease({ ...claim, startedAt: '2026-11-21T09:00:00Z', nonce: 'n1' });
    const lease = await place.writers('test').lease.acquire('new');
    assert.equal((await place.lease.holder())?.purpose, 'new');
    await lease.release();
  });

  it('is not taken from a process on another machine, which cannot be asked', async () => {
    const claim = { purpose: 'far', pid: 1, processStart: '', host: `not-${hostname()}` };
    writeLease({ ...claim, startedAt: '2026-11-21T09:00:00Z', nonce: 'n1' });
    const cancel = new AbortController();
    let said = '';
    const waiting = takeLease(place.writers('test'), 'near', {
      signal: cancel.signal,
      onWait(text) {
        said = text;
        cancel.abort();
      },
    });
    await assert.rejects(waiting, /cancelled/);
    const [, file] = /far \(process 1 on not-.*another machine: end it there or, if it is gone, remove (.*)$/.exec(
      said,
    )!;
    rmSync(file!);
    await (await place.writers('test').lease.acquire('near')).release();
  });

  it('sweeps away what killed writers left half-written, and leaves the living alone', async () => {
    await killed();
    const temporary = join(folder.path, '.mlops', 'tmp');
    const gone = await deadPid();
    for (const pid of [gone, process.pid]) writeFileSync(join(temporary, `${pid}.half`), 'half');
    const lease = await place.writers('test').lease.acquire('second');
    assert.deepEqual(readdirSync(temporary), [`${process.pid}.half`]);
    await lease.release();
  });

  function writeLease(claim: object): void {
    place.writers('test');
    writeFileSync(join(folder.path, '.mlops', 'lease.json'), JSON.stringify(claim));
  }

  it('keeps everything of the project out of git', () => {
    place.writers('test');
    assert.equal(readFileSync(join(folder.path, '.mlops', '.gitignore'), 'utf8'), '*\n');
  });
});

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid!;
}

async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}
