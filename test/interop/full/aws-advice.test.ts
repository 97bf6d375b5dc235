import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables } from '../../doubles/aws/fill.js';
import { fillGroups, fillNotebooks, notebooks, variablesOf, type Notebooks } from '../../doubles/aws/notebooks.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

const others: Notebooks = { ...notebooks, prefix: 'drives-b', recordId: 'drive_key', eventTime: 'seen_at' };

/** Commands that a text tells its reader to type. */
const advisedIn = (text: string) =>
  [...text.matchAll(/^\W*(?:run: )?mlops (.+)$/gm)].map(([, words]) => words!.trim().split(/\s+/));

describe('what adopting advises', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let double: AwsDouble;
  let env: Record<string, string>;
  const mutating = () => double.calls.filter((call) => call.mutating).map(({ operation }) => operation);

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    double = await startAwsDouble(python);
    env = { ...variables, AWS_ENDPOINT_URL: double.url, XDG_CONFIG_HOME: join(folder.path, 'config') };
    const fill = fillAws(double.url, notebooks.bucket);
    await fillNotebooks(fill, folder.path);
    await fillGroups(fill, folder.path, others);
    double.forget();
  });
  after(async () => {
    await double?.stop();
    folder.remove();
  });

  /** What is printed and written down, typed as it stands. */
  const follow = async (dir: string, printed: string): Promise<string[]> => {
    const advised = [...advisedIn(printed), ...advisedIn(readFileSync(join(dir, 'features.sql'), 'utf8'))];
    for (const words of advised) {
      const answer = await mlops(words, { cwd: dir, env });
      assert.equal(answer.code, 0, `${words.join(' ')}: ${answer.stderr}`);
    }
    return advised.map((words) => words.slice(0, 2).join(' '));
  };
  const adopted = async (name: string, system: Notebooks) => {
    const file = join(folder.path, `${name}.env`);
    writeFileSync(file, variablesOf(system).join('\n'));
    const dir = join(folder.path, name);
    const made = await mlops(['init', '--from-env', file, dir], { env });
    assert.equal(made.code, 0, made.stderr);
    return { dir, printed: made.stdout };
  };

  for (const [what, system] of [
    ['', notebooks],
    [' that have names of their own for ids and times', others],
  ] as const)
    it(`works word by word against feature groups${what}, and their records lead to a model on this machine`, async () => {
      const { dir, printed } = await adopted(system.recordId, system);
      const typed = await follow(dir, printed);
      assert.deepEqual(typed, ['status --env', ...Array<string>(4).fill('feature-group export')]);
      const run = await mlops(['run', '--json', '--quiet'], { cwd: dir, env });
      assert.ok(run.code === 0 || run.code === 3, run.stderr);
      const sql = "SELECT count(*) AS n FROM records WHERE record_id LIKE '%/2025-12-%'";
      const asked = await mlops(['feature-group', 'query', 'drives-train', '--sql', sql, '--json'], { cwd: dir, env });
      assert.deepEqual((JSON.parse(asked.stdout) as { rows: unknown[] }).rows, [[400]], asked.stderr);
      assert.deepEqual(mutating(), []);
      const endpoints = await mlops(
        ['endpoint', 'stop', notebooks.endpoint, '--yes', '--confirm', notebooks.endpoint],
        { cwd: dir, env },
      );
      assert.equal(endpoints.code, 0, endpoints.stderr);
    });

  it('keeps the alarms that the endpoint has, and asks for none beside them', async () => {
    const { dir } = await adopted('alarms', notebooks);
    const shown = await mlops(['apply', '--diff', '--env', 'aws'], { cwd: dir, env });
    assert.equal(shown.code, 0, shown.stderr);
    assert.match(
      shown.stdout,
      /= reused drives-endpoint-5xx\n +theirs, left alone; .*drives-endpoint-Invocation5xxErrors/,
    );
    assert.doesNotMatch(shown.stdout, /add drives-endpoint-Invocation5xxErrors/);
    assert.match(shown.stdout, /add drives-endpoint-Invocation4xxErrors/);
    const list = await mlops(['alarm', 'list', '--env', 'aws'], { cwd: dir, env });
    assert.match(list.stdout, /^drives-endpoint-5xx /m);
  });

  it('asks each generated gate for as many rows as mean something', async () => {
    const { dir } = await adopted('gates', notebooks);
    const { monitor } = JSON.parse(readFileSync(join(dir, 'mlops.json'), 'utf8')) as {
      monitor: { gates: { minSamples?: number }[] };
    };
    assert.ok(monitor.gates.length > 0 && monitor.gates.every(({ minSamples = 0 }) => minSamples >= 5));
  });

  it('of an endpoint leads to its feature groups on this machine', async () => {
    const dir = join(folder.path, 'from-endpoint');
    const made = await mlops(['init', '--from-endpoint', notebooks.endpoint, '--region', 'us-east-1', dir], { env });
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stdout, /note: 1 captured requests are left out/);
    assert.deepEqual(await follow(dir, made.stdout), ['status --env']);
    const run = await mlops(['run', '--to', 'features'], { cwd: dir, env });
    assert.equal(run.code, 0, run.stderr);
    assert.match(run.stderr, /ingest: records: 200 rows/);
    const train = await mlops(['run'], { cwd: dir, env });
    assert.equal(train.code, 2);
    assert.match(train.stderr, /train: features.sql: found no row with a label/);
  });
});
