import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimulationDocument } from '../../../src/operations/endpoints/simulate.js';
import { startCli } from '../../support/cli.js';
import { releasedProject } from '../../support/released-project.js';

describe('mlops simulate', function () {
  this.timeout(60_000);
  let project: Awaited<ReturnType<typeof releasedProject>>;
  let rows: string;

  before(async () => {
    project = await releasedProject(['well'], {});
    await project.serve();
    rows = join(project.folder, 'rows.csv');
    const lines = Array.from({ length: 40 }, (_, at) => `${at},${at / 10 - 2},${at % 7},${Number(at > 20)}`);
    writeFileSync(rows, `id,alpha,beta,y\n${lines.join('\n')}\n`);
  });
  after(() => project.end());

  const simulate = async (...words: string[]): Promise<SimulationDocument> => {
    const { stdout, stderr } = await project.ask('simulate', '--rows', rows, ...words, '--json', '--quiet');
    assert.ok(stdout.startsWith('{'), stdout + stderr);
    return JSON.parse(stdout) as SimulationDocument;
  };

  it('sends so many requests, says how they were answered, and writes their labels as ground truth by their ids', async () => {
    const done = await simulate('--rate', '100', '--for', '1s', '--labels', '--profile', 'drift', '--shift', 'alpha=2');
    assert.deepEqual(done.answers, [{ status: 200, count: 100 }]);
    assert.equal(done.labels, 100);
    assert.ok(done.latency!.p50 > 0 && done.latency!.p50 <= done.latency!.p99);
    const bucket = join(project.folder, '.mlops/buckets');
    const files = readdirSync(bucket, { recursive: true, encoding: 'utf8' });
    const linesOf = (part: string) =>
      files
        .filter((file) => file.includes(part) && file.endsWith('.jsonl'))
        .flatMap((file) => readFileSync(join(bucket, file), 'utf8').trim().split('\n'))
        .map((line) => JSON.parse(line) as { eventMetadata: { eventId: string; inferenceId?: string } });
    const asked = linesOf('data-capture').map(({ eventMetadata }) => eventMetadata.inferenceId);
    const told = linesOf('ground-truth').map(({ eventMetadata }) => eventMetadata.eventId);
    assert.deepEqual(asked.sort(), told.sort());
    assert.equal(new Set(told).size, 100);
  });

  it('sends malformed requests, which are refused, beside good ones, which are answered', async () => {
    const done = await simulate('--rate', '250', '--for', '0.4s', '--profile', 'errors');
    const [wrong] = [done.odd.reduce((sum, { count }) => sum + count, 0)];
    assert.ok(wrong > 10, String(wrong));
    assert.ok(
      done.odd.every(({ status }) => status !== null && status >= 400 && status < 500),
      JSON.stringify(done.odd),
    );
    assert.equal(done.answers.find(({ status }) => status === 200)?.count, 100 - wrong);
  });

  it('sends bodies slowly, and all are answered', async () => {
    const done = await simulate('--rate', '100', '--for', '0.2s', '--profile', 'slow');
    assert.deepEqual(done.answers, [{ status: 200, count: 20 }]);
    assert.ok(done.odd[0]!.count > 0 && done.seconds >= 2, JSON.stringify(done));
  });

  it('refuses what is too much, what does nothing, and rows without what the model looks at', async () => {
    const other = join(project.folder, 'other.csv');
    writeFileSync(other, 'id,alpha\n1,2\n');
    for (const [words, said] of [
      [['--rate', '100', '--for', '1h'], '100000 at most'],
      [['--shift', 'alpha=2'], '--shift'],
      [['--profile', 'drift', '--shift', 'alhpa=2'], 'did you mean "alpha"'],
      [['--rows', other], 'beta'],
    ] as const) {
      const { code, stderr } = await project.ask('simulate', '--rows', rows, ...words);
      assert.ok(stderr.includes(said), stderr);
      assert.ok(code === 2 || code === 3, `${words.join(' ')}: ${code}`);
    }
  });

  it('ends at once when it is interrupted', async () => {
    const words = ['simulate', '--rows', rows, '--for', '1h', '--rate', '1', '--project', project.folder];
    const child = startCli(words, { env: project.env });
    for await (const said of child.stderr!) if (String(said).includes('requests to')) break;
    const began = performance.now();
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number];
    assert.ok(performance.now() - began < 2000);
    assert.notEqual(code, 0);
  });
});
