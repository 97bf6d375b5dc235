import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from '../../../src/common/processes/process-identity.js';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import { mlops, type Answer } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { untilEnded } from '../../support/until-ended.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

/** Customers with the label that the served model knows how to tell, and some chance. */
function customers(seed: number, rows: number): string {
  const u = lcgNumbers(seed);
  const lines = Array.from({ length: rows }, (_, i) => {
    const [age, spent] = [20 + Math.floor(u() * 50), Math.round((u() * 4 - 2) * 100) / 100];
    const chance = 1 / (1 + Math.exp(-((age - 45) / 8 + spent)));
    return `C${seed}-${i},${age},${spent},${u() < chance ? 1 : 0}`;
  });
  return `customer_id,age,spent,stays\n${lines.join('\n')}\n`;
}

/** Those of these processes that still run; one that ended and that nobody asked after does not. */
async function alive(pids: readonly number[]): Promise<number[]> {
  const runs = await Promise.all(pids.map(isRunning));
  return pids.filter((_, place) => runs[place]);
}

describe('a model behind a serving command, from registering to its verdict', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const project = join(place.path, 'customers');
  const env = { XDG_CONFIG_HOME: join(place.path, 'user') };
  const ask = (...words: string[]): Promise<Answer> => mlops([...words, '--project', project], { env });
  const mode = (name: string) => writeFileSync(join(project, 'mode.txt'), name);
  const pids = () => readFileSync(join(project, 'pids.txt'), 'utf8').split(' ').map(Number);
  const command = 'node serve.mjs';
  const labelled = join(place.path, 'labelled.csv');
  const register = (...more: string[]) =>
    ask('model', 'register', '--serving-command', command, '--columns', 'age,spent', '--data', labelled, ...more);

  before(async () => {
    const table = join(place.path, 'customers.csv');
    writeFileSync(table, customers(1, 900));
    writeFileSync(labelled, customers(2, 600));
    const made = await mlops(['init', project, '--from', table, '--target', 'stays', '--entity', 'customer_id']);
    assert.equal(made.code, 0, made.stderr);
    copyFileSync('test/fixtures/serving-command/serve.mjs', join(project, 'serve.mjs'));
  });
  after(async () => {
    await ask('endpoint', 'delete', 'customers', '--yes', '--confirm', 'customers');
    place.remove();
  });

  it('runs nothing before its user allowed that very text in this folder', async () => {
    const { code, stderr } = await register();
    assert.equal(code, 5, stderr);
    assert.match(
      stderr,
      /you have not allowed this command in this folder: node serve\.mjs; allow it with: mlops trust -- node serve\.mjs/,
    );
    assert.equal(existsSync(join(project, 'pids.txt')), false);
    const words = ['trust', '--yes', '--confirm', command, '--', 'node', 'serve.mjs'];
    const { code: allowed, stderr: said } = await mlops(words, { cwd: project, env });
    assert.equal(allowed, 0, said);
  });

  it('is registered with the figures of its answers, and ends with all it started', async () => {
    const { code, stdout, stderr } = await register('--name', 'sales-team', '--json');
    assert.equal(code, 0, stderr);
    const { version, status, metrics, family, name } = JSON.parse(stdout) as Record<string, never> & {
      metrics: Record<string, number>;
    };
    assert.deepEqual([version, family, name], ['v1', 'serving-command', 'sales-team']);
    assert.notEqual(status, 'Rejected');
    assert.ok(metrics.roc_auc! > 0.85 && metrics.roc_auc! < 0.99, JSON.stringify(metrics));
    assert.deepEqual(await alive(pids()), []);
  });

  it('is served behind the endpoint: scored, captured, and a wrong field refused by its name', async () => {
    const approved = await ask('model', 'approve', 'v1', '--reason', 'looked at');
    assert.equal(approved.code, 0, approved.stderr);
    const deployed = await ask('deploy');
    assert.equal(deployed.code, 0, deployed.stdout + deployed.stderr);
    const asked = (body: object) => ask('endpoint', 'invoke', 'customers', '--data', JSON.stringify(body));
    const { stdout, code, stderr } = await asked({ features: { age: 45, spent: 0 } });
    assert.equal(code, 0, stderr);
    const { probability, prediction } = JSON.parse(stdout) as { probability: number; prediction: number };
    assert.deepEqual([probability, prediction], [0.5, 1]);
    const wrong = await asked({ features: { age: 'forty', spend: 1 } });
    const said = wrong.stdout + wrong.stderr;
    assert.notEqual(wrong.code, 0);
    for (const fault of [
      /spent is missing/,
      /spend is not one of the model's columns/,
      /age is .*forty.*expected a number/,
    ])
      assert.match(said, fault);
  });

  it('judges a batch with the answers of the command', async () => {
    const batch = join(place.path, 'march.csv');
    writeFileSync(batch, customers(3, 800));
    const { stdout, stderr } = await ask('judge', batch, '--json');
    const results = JSON.parse(stdout) as MonitoringResults;
    assert.equal(results.n, 800, stderr);
    assert.equal(results.modelVersion, 'v1');
    assert.ok((results.metrics.roc_auc ?? 0) > 0.85, JSON.stringify(results.metrics));
    assert.notEqual(results.verdict, 'error');
  });

  it('scores every row of a file with the answers of the command, in order, and leaves nothing running', async () => {
    const table = join(place.path, 'april.csv');
    writeFileSync(table, customers(4, 5000));
    const out = join(place.path, 'scored.csv');
    const { code, stderr, stdout } = await ask('predict', table, '--out', out, '--model-version', 'v1');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /5,000 rows by v1, with prediction, probability/);
    const [before, after] = [table, out].map((path) => readFileSync(path, 'utf8').trim().split('\n').slice(1));
    assert.equal(after!.length, 5000);
    after!.forEach((line, row) => {
      const [id, age, spent, stays, prediction, probability] = line.split(',');
      assert.equal([id, age, spent, stays].join(','), before![row]);
      const expected = 1 / (1 + Math.exp(-((Number(age) - 45) / 8 + Number(spent))));
      assert.ok(Math.abs(Number(probability) - expected) < 1e-12, line);
      assert.equal(Number(prediction), Number(expected >= 0.5), line);
    });
    assert.deepEqual(await alive(pids()), []);
  });

  it('counts rows that the command gives no score, a whole block of them too, and refuses none of the others', async () => {
    mode('gaps');
    try {
      const [header, ...lines] = customers(5, 5000).trim().split('\n');
      const young = lines.map((line, at) =>
        at < 2500 ? line.replace(/,\d+,/, ',22,') : line.replace(/,2[0-4],/, ',25,'),
      );
      const may = join(place.path, 'may.csv');
      writeFileSync(may, `${[header, ...young].join('\n')}\n`);
      const out = join(place.path, 'partly.csv');
      const scored = await ask('predict', may, '--out', out, '--model-version', 'v1');
      assert.equal(scored.code, 0, scored.stderr);
      assert.match(scored.stdout, /5,000 rows by v1.*2,500 rows have no score/);
      const written = readFileSync(out, 'utf8').trim().split('\n').slice(1);
      written.forEach((line, row) => assert.equal(line.endsWith(',,'), row < 2500, line));
      const { stdout, stderr } = await ask('judge', may, '--model-version', 'v1', '--json');
      const results = JSON.parse(stdout) as MonitoringResults;
      assert.equal(results.n, 2500, stderr);
      assert.match(results.notes!.join(), /2500 of 5000 rows have no score, the serving command gave them none/);
      assert.equal(results.gates.find(({ id }) => id === 'nulls')?.status, 'fail');
    } finally {
      rmSync(join(project, 'mode.txt'));
    }
  });

  for (const [name, says] of [
    ['short', /answered 599 rows, expected 600/],
    ['nan', /answered null for row 1, expected the probability of class 1/],
    ['html', /answered text\/html, "<html>.*expected JSON or text\/csv/],
    ['broken', /answered HTTP 500: division by zero/],
    ['dead', /exit code 3 before it answered GET \/ping; it said: no model found/],
  ] as const)
    it(`registers nothing where the command is ${name}, and says what it answered`, async () => {
      mode(name);
      try {
        const { code, stderr } = await register();
        assert.equal(code, 4, stderr);
        assert.match(stderr, says);
      } finally {
        rmSync(join(project, 'mode.txt'));
      }
      const { stdout } = await ask('model', 'list', '--json');
      assert.equal((JSON.parse(stdout) as { models: unknown[] }).models.length, 1);
      if (name !== 'dead') assert.deepEqual(await alive(pids()), []);
    });

  it('answers a request with an error when the command dies in the middle of it, and is started again for the next', async () => {
    const asked = () =>
      ask('endpoint', 'invoke', 'customers', '--data', JSON.stringify({ features: { age: 45, spent: 0 } }));
    mode('dies');
    const died = await asked();
    assert.notEqual(died.code, 0);
    assert.match(died.stdout + died.stderr, /the serving command did not answer/);
    rmSync(join(project, 'mode.txt'));
    const { code, stdout, stderr } = await asked();
    assert.equal(code, 0, stderr);
    assert.equal((JSON.parse(stdout) as { probability: number }).probability, 0.5);
    const { stdout: log } = await ask('endpoint', 'logs', 'customers');
    assert.match(log, /serving command: serving the model/);
    assert.match(log, /it ended with exit code 1; starting it again/);
  });

  it('ends with its endpoint, and what it started with it', async () => {
    // A command that stands in for the one that is served writes its own ids over these: the served one is asked anew.
    await ask('endpoint', 'stop', 'customers');
    const started = await ask('endpoint', 'start', 'customers');
    assert.equal(started.code, 0, started.stderr);
    const both = pids();
    assert.deepEqual(await alive(both), both);
    const { code, stderr } = await ask('endpoint', 'stop', 'customers');
    assert.equal(code, 0, stderr);
    assert.deepEqual(await alive(both), []);
  });

  it('does not outlive an endpoint that is killed without being asked', async () => {
    const started = await ask('endpoint', 'start', 'customers');
    assert.equal(started.code, 0, started.stderr);
    const both = pids();
    assert.deepEqual(await alive(both), both);
    const shown = await ask('endpoint', 'show', 'customers', '--json');
    const { pid } = JSON.parse(shown.stdout) as { pid: number };
    process.kill(pid, 'SIGKILL');
    await untilEnded(both);
  });
});
