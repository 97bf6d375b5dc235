import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BrokenError, InputError, RefusedError } from '../../../src/common/errors.js';
import { openLocal } from '../../../src/platform/local/index.js';
import type { Environment } from '../../../src/platform/ports/environment.js';
import { everyItem } from '../../../src/platform/ports/pages.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('the local place on disk', function () {
  this.timeout(60_000);
  let folder: ReturnType<typeof temporaryFolder>;
  let place: Environment;

  beforeEach(() => {
    folder = temporaryFolder();
    place = openLocal({ projectFolder: folder.path, project: 'stored' });
  });
  afterEach(() => folder.remove());

  const bucket = () => join(folder.path, '.mlops', 'buckets', 'stored');
  const text = async (key: string) => Buffer.from((await place.objects.read(key)) ?? []).toString();

  it('touches nothing as long as it is only read', async () => {
    const { objects, registry, features, alarms, ledger, lease, endpoints } = place;
    await Promise.all([objects.list(''), objects.buckets(), registry.groups(), features.list()]);
    await Promise.all([alarms.list(), ledger.list(), lease.holder(), endpoints.list()]);
    await assert.rejects(place.objects.file('none.txt'), InputError);
    assert.deepEqual(readdirSync(folder.path), []);
  });

  it('is read-only, and says why, when its folder is not there', () => {
    const gone = openLocal({ projectFolder: join(folder.path, 'gone'), project: 'stored' });
    assert.equal(gone.readOnly, true);
    assert.throws(() => gone.writers('run the pipeline'), {
      name: RefusedError.name,
      message: /^environment local is read-only, so this is refused: run the pipeline\. There is no folder .*gone/,
    });
  });

  it('reads an object whole or not at all while it is written again and again by a process that is killed', async () => {
    const script = resolve('test/support/write-forever.ts');
    const sizes = new Set<number>();
    for (let round = 0; round < 5; round += 1) {
      const child = spawn(process.execPath, ['--import', 'tsx', script, folder.path], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      setTimeout(() => child.kill('SIGKILL'), 5 + 20 * round);
      const ended = once(child, 'exit').then(() => true);
      while (!(await Promise.race([ended, Promise.resolve(false)]))) {
        sizes.add((await place.objects.read('busy.bin'))?.byteLength ?? -1);
        await new Promise((done) => setImmediate(done));
      }
    }
    sizes.delete(-1);
    assert.deepEqual([...sizes], [4 << 20]);
  });

  it('moves a finished file from another disk as well as from its own', async () => {
    const shared = mkdtempSync(join(process.platform === 'linux' ? '/dev/shm' : tmpdir(), 'mlops-test-'));
    const path = join(shared, 'finished');
    writeFileSync(path, 'from elsewhere');
    await place.writers('test').objects.putFile('moved.bin', path);
    assert.equal(await text('moved.bin'), 'from elsewhere');
    rmSync(shared, { recursive: true });
  });

  it('passes links over, and refuses a key that a link leads out of the bucket', async () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside.path, 'secret.txt'), 'secret');
    const { objects } = place.writers('test');
    await objects.put('a.txt', 'x');
    symlinkSync(outside.path, join(bucket(), 'link'));
    const listed: string[] = [];
    const passed = new Set<string>();
    const options = { passedOver: (key: string) => void passed.add(key), limit: 1 };
    for await (const { key } of everyItem((page) => place.objects.list('', { ...page, ...options }))) listed.push(key);
    assert.deepEqual(listed, ['a.txt']);
    assert.deepEqual([...passed], ['link'], 'and says which');
    await assert.rejects(place.objects.read('link/secret.txt'), /link is a link/);
    await assert.rejects(objects.put('link/new.txt', 'x'), /link is a link/);
    outside.remove();
  });

  it('says in one line what stands in the way of an object', async () => {
    const { objects } = place.writers('test');
    await objects.put('taken', 'x');
    await assert.rejects(objects.put('taken/below', 'x'), (error: Error) => {
      assert.ok(error instanceof BrokenError);
      assert.match(error.message, /^cannot write .*taken\/below: /);
      assert.equal(error.message.includes('\n'), false);
      return true;
    });
    assert.equal(await text('taken'), 'x');
  });

  it('reads past a metric line that was torn by a kill, and loses none after it', async () => {
    const { metrics } = place.writers('test');
    const at = new Date('2026-11-21T09:00:00Z');
    const datum = { metric: 'M', dimensions: {}, value: 2, at };
    await metrics.put('N', [datum]);
    appendFileSync(join(folder.path, '.mlops', 'metrics', '2026-11-21.jsonl'), '{"namespace":"N","metric":"M","dim');
    await metrics.put('N', [{ ...datum, value: 3 }]);
    const to = new Date(at.getTime() + 60_000);
    const query = { namespace: 'N', metric: 'M', dimensions: {}, statistic: 'Sum', period: 60, from: at, to };
    assert.deepEqual(await place.metrics.query(query), [{ at: at.toISOString(), value: 5 }]);
  });

  it('takes percentiles over counted values, by nearest rank', async () => {
    const { metrics } = place.writers('test');
    const at = new Date('2026-11-21T23:59:30Z');
    const data = [
      { value: 100, count: 98 },
      { value: 500, count: 1 },
      { value: 900, count: 1 },
    ];
    await metrics.put(
      'N',
      data.map((one) => ({ metric: 'Latency', dimensions: {}, at, ...one })),
    );
    const value = async (statistic: string) => {
      const range = { period: 60, from: new Date('2026-11-21T23:59:00Z'), to: new Date('2026-11-22T00:01:00Z') };
      const [point] = await place.metrics.query({
        ...{ namespace: 'N', metric: 'Latency', dimensions: {}, statistic, ...range },
      });
      return point?.value;
    };
    assert.equal(await value('p50'), 100);
    assert.equal(await value('p99'), 500);
    assert.equal(await value('p99.5'), 900);
    assert.equal(await value('SampleCount'), 100);
    assert.equal(await value('Average'), 112);
    await assert.rejects(value('median'), /statistic median: expected Sum, Average/);
  });

  it('names the file and the key of a damaged registry entry', async () => {
    place.writers('test');
    const group = join(folder.path, '.mlops', 'registry', 'models');
    mkdirSync(group, { recursive: true });
    writeFileSync(join(group, 'v1.json'), '{"group": "models"}');
    await assert.rejects(place.registry.get('models', 'v1'), /v1\.json: version/);
    writeFileSync(join(group, 'v1.json'), '{"group": ');
    await assert.rejects(place.registry.get('models', 'v1'), /v1\.json: not JSON/);
  });
});
