import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { projectFromUrl } from '../../../src/operations/projects/from-url.js';
import { mlops } from '../../support/cli.js';
import { labelledRows, scoringServer } from '../../support/scoring-server.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('an endpoint that is not ours', function () {
  this.timeout(60_000);
  const place = temporaryFolder();
  const env = { XDG_CONFIG_HOME: join(place.path, 'user') };
  let server: Awaited<ReturnType<typeof scoringServer>>;
  const file = (name: string, text: string) => {
    writeFileSync(join(place.path, name), text);
    return name;
  };
  const at = (folder: string, ...words: string[]) =>
    mlops([...words, '--project', join(place.path, folder)], { cwd: place.path, env });
  const roles = ['--label', 'left', '--time', 'at', '--entity', 'customer'];
  const init = (name: string, url: string, ...words: string[]) =>
    mlops(['init', name, '--url', url, '--sample-rows', 'rows.csv', ...roles, ...words], { cwd: place.path, env });

  before(async () => {
    server = await scoringServer();
    file('rows.csv', labelledRows('2026-01-01', 1400));
    file('march.csv', labelledRows('2026-03-10', 600));
    file('april.csv', labelledRows('2026-04-10', 600, 'flipped'));
  });
  after(() => {
    server.stop();
    place.remove();
  });

  it('is asked for what it understands, and its predictions are judged, from init to the verdict of the next file', async () => {
    const made = await init('churn', `${server.url}/mlflow`);
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stdout, /understands rows as "mlflow".*\n.*binary: left.*\n.*it is sent usage, plan/);
    const ran = await at('churn', 'run', '--json');
    assert.equal(ran.code, 0, ran.stderr);
    const { stages, verdict } = JSON.parse(ran.stdout) as Run;
    assert.ok(verdict === 'pass' || verdict === 'warn', String(verdict));
    assert.deepEqual(
      stages.filter(({ status }) => status === 'skipped').map(({ name }) => name),
      ['deploy', 'retrain'].filter((name) => stages.some((stage) => stage.name === name)),
    );
    assert.ok(server.asked.every(({ rows }) => rows <= 1000));
    const good = await at('churn', 'judge', 'march.csv');
    assert.equal(good.code, 0, good.stderr + good.stdout);
    const bad = await at('churn', 'judge', 'april.csv');
    assert.equal(bad.code, 1, bad.stderr + bad.stdout);
    assert.match(bad.stdout, /fail {2}roc-auc {7}hard/);
  });

  it('turns into a verdict once its labels come', async () => {
    file('may.csv', labelledRows('2026-05-10', 600, 'unlabelled'));
    file('may-labels.csv', labelledRows('2026-05-10', 600));
    assert.equal((await at('churn', 'judge', 'may.csv')).code, 3);
    const labelled = await at('churn', 'labels', 'add', 'may-labels.csv');
    assert.equal(labelled.code, 0, labelled.stderr + labelled.stdout);
  });

  it('scores any file, as a model that is here does', async () => {
    const { code, stderr } = await at('churn', 'predict', 'march.csv', '--out', 'scored.csv');
    assert.equal(code, 0, stderr);
    assert.equal(readFileSync(join(place.path, 'scored.csv'), 'utf8').trim().split('\n').length, 601);
  });

  it('counts rows that it gives no score, says how many, and many of them never pass', async () => {
    const gaps = (text: string, count: number) =>
      text
        .split('\n')
        .map((line, at) => (at > 0 && at <= count ? line.replace(/basic|plus/, at % 2 ? 'gap' : 'word') : line))
        .join('\n');
    file('with-gaps.csv', gaps(labelledRows('2026-01-01', 700), 2));
    const made = await mlops(
      ['init', 'silent', '--url', `${server.url}/gaps`, '--sample-rows', 'with-gaps.csv', ...roles],
      { cwd: place.path, env },
    );
    assert.equal(made.code, 0, made.stderr);
    const ran = await at('silent', 'run');
    assert.ok([0, 3].includes(ran.code!), ran.stderr + ran.stdout);
    assert.match(ran.stdout + ran.stderr, /2 of 349 rows have no prediction: they are not judged/);
    const judged = async (name: string) => {
      const { stdout, stderr, code } = await at('silent', 'judge', name, '--json');
      assert.ok(code === 0 || code === 1 || code === 3, stderr + stdout);
      return JSON.parse(stdout) as MonitoringResults;
    };
    const nulls = ({ gates }: MonitoringResults) => gates.find(({ id }) => id === 'nulls')!;
    file('one.csv', gaps(labelledRows('2026-03-10', 600), 1));
    const one = await judged('one.csv');
    assert.equal(one.n, 599);
    assert.match(one.notes!.join(), /1 of 600 rows have no score, the endpoint gave them none/);
    assert.equal(nulls(one).status, 'pass');
    file('many.csv', gaps(labelledRows('2026-04-10', 600), 200));
    const many = await judged('many.csv');
    assert.match(many.notes!.join(), /200 of 600 rows have no score/);
    assert.equal(nulls(many).status, 'fail');
    assert.match(nulls(many).message, /prediction/);
    assert.notEqual(many.verdict, 'pass');
    const rows = await at('silent', 'rows', '--gate', 'nulls', '--json');
    assert.equal((JSON.parse(rows.stdout) as { total: number }).total, 200, rows.stdout.slice(0, 500));
    const scored = await at('silent', 'predict', 'one.csv', '--out', 'partly.csv');
    assert.match(scored.stdout, /1 row has no score/);
    assert.match(readFileSync(join(place.path, 'partly.csv'), 'utf8').split('\n')[1]!, /,gap,\d,,$/);
  });

  it('is one of SageMaker’s, that takes CSV by place', async () => {
    const made = await init('container', `${server.url}/invocations`, '--dry-run', '--json');
    assert.equal(made.code, 0, made.stderr);
    assert.equal((JSON.parse(made.stdout) as { request: string }).request, 'csv');
  });

  it('gets nothing from a project that came from elsewhere, until its user allows the address', async () => {
    cpSync(join(place.path, 'churn'), join(place.path, 'cloned'), { recursive: true });
    const before = server.asked.length;
    file('june.csv', labelledRows('2026-06-10', 60));
    for (const words of [
      ['judge', 'june.csv'],
      ['run', 'train', '--force'],
    ]) {
      const refused = await at('cloned', ...words);
      assert.equal(refused.code, 5, `${words.join(' ')}: ${refused.stderr}${refused.stdout}`);
      assert.match(refused.stderr, /mlops trust -- POST http:\/\/127\.0\.0\.1/);
    }
    assert.equal(server.asked.length, before);
  });

  it('is told its token, which is a variable and is written nowhere', async () => {
    const url = `${server.url}/private`;
    const without = await init('closed', url, '--token', 'env:SCORER_TOKEN');
    assert.equal(without.code, 2);
    assert.match(without.stderr, /found no variable SCORER_TOKEN/);
    assert.equal((await init('closed', url, '--token', 'a-secret-token')).code, 2);
    Object.assign(env, { SCORER_TOKEN: 'a-secret-token' });
    const made = await init('closed', url, '--token', 'env:SCORER_TOKEN');
    assert.equal(made.code, 0, made.stderr);
    const ran = await at('closed', 'run');
    assert.equal(ran.code, 0, ran.stderr);
    const folder = join(place.path, 'closed');
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(folder, name);
      if (statSync(path).isFile()) assert.ok(!readFileSync(path).includes('a-secret-token'), name);
    }
  });

  const refusals = [
    ['http://example.com/score', /--url: found "http:\/\/example\.com\/score", expected https/],
    ['https://10.0.0.1/score', /lies in a network of your own/],
    ['https://169.254.169.254/latest', /169\.254\.169\.254/],
    ['/moved', /answered HTTP 302: it leads elsewhere/],
    ['/nothing', /understands none of the forms/],
  ] as const;
  it('is not made of what cannot be asked, and nothing is left behind', async () => {
    const asked = { signal: new AbortController().signal, progress: () => undefined, warn: () => undefined };
    const wish = { rows: join(place.path, 'rows.csv'), dir: join(place.path, 'refused'), label: 'left', time: 'at' };
    for (const [url, words] of refusals) {
      const to = url.startsWith('/') ? server.url + url : url;
      await assert.rejects(projectFromUrl.run(asked, { ...wish, entity: 'customer', url: to }), words);
    }
    assert.ok(!readdirSync(place.path).includes('refused'));
  });
});
