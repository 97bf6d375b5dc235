import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

/** As version 0.1 left it: two runs, a retraining, an override that was cleared, a waiver, a stopped endpoint. */
const packed = resolve('test/fixtures/projects/churn-0.1.tar.gz');
const first = '20261130-102620-65cd69';
const second = '20261130-102638-ec1fe9';
const resultsOf = (run: string) => `monitoring/runs/${run}/monitoring_results.json`;

interface Gates {
  verdict: string;
  gates: { id: string; status: string; value: number | null }[];
}

describe('a project and its .mlops as version 0.1 wrote them', () => {
  const { path, remove } = temporaryFolder();
  const project = join(path, 'churn');
  const asked = <Document>(...words: string[]) => mlopsJson<Document>([...words, '--project', project]);
  before(() => void execFileSync('tar', ['-xzf', packed, '-C', path]));
  after(async () => {
    await mlops(['endpoint', 'stop', 'churn', '--project', project]);
    remove();
  });

  it('have their whole history: runs, versions, ledger, waiver, verdict', async () => {
    const { runs } = await asked<{ runs: { id: string; verdict: string }[] }>('runs', 'list');
    assert.deepEqual(
      runs.map(({ id, verdict }) => [id, verdict]),
      [
        [second, 'warn'],
        [first, 'warn'],
      ],
    );
    const { models } = await asked<{ models: { version: string; name: string; status: string }[] }>('model', 'list');
    assert.deepEqual(
      models.map(({ version, name, status }) => [version, name, status]),
      [
        ['v2', 'logistic', 'Approved'],
        ['v1', 'lightgbm', 'Approved'],
      ],
    );
    const { entries } = await asked<{ entries: { what: string }[] }>('history');
    const what = entries.map((entry) => entry.what);
    assert.deepEqual(what, ['override-cleared', 'retrain', 'waiver', 'override-set', 'deploy']);
    const status = await asked<{
      verdict: string;
      waivers: { gate: string }[];
      stages: { finishedAt: string | null }[];
    }>('status');
    assert.equal(status.verdict, 'warn');
    assert.deepEqual(
      status.waivers.map(({ gate }) => gate),
      ['nulls'],
    );
    assert.ok(status.stages.every(({ finishedAt }) => finishedAt !== null));
  });

  it('are judged as they were, gate by gate', async () => {
    for (const run of [first, second]) {
      const stored = await asked<Gates>('bucket', 'cat', resultsOf(run));
      const again = await asked<Gates>('gate', '--results', resultsOf(run));
      assert.equal(again.verdict, stored.verdict, run);
      const lines = ({ gates }: Gates) => gates.map(({ id, status, value }) => [id, status, value]);
      assert.deepEqual(lines(again), lines(stored), run);
    }
  });

  it('are reported, compared, and opened row by row', async () => {
    for (const run of [first, second]) {
      const { stdout, code } = await mlops(['report', resultsOf(run), '--format', 'markdown', '--project', project]);
      assert.equal(code, 0);
      assert.match(stdout, /warn/i);
    }
    const compared = await mlops(['runs', 'compare', first, second, '--project', project]);
    assert.equal(compared.code, 0, compared.stderr);
    const { total } = await asked<{ total: number }>('rows', '--cell', 'tp', '--results', resultsOf(first));
    assert.ok(total > 0);
  });

  it('go on from there: nothing is learned anew, the version that served is served and judged', async () => {
    const run = await asked<{ status: string; verdict: string; stages: { name: string; status: string }[] }>('run');
    assert.equal(run.status, 'succeeded');
    assert.ok(run.verdict === 'pass' || run.verdict === 'warn', run.verdict);
    const { models } = await asked<{ models: unknown[] }>('model', 'list');
    assert.equal(models.length, 2, 'no third version');
    const { modelVersion } = await asked<{ modelVersion: string }>('endpoint', 'show', 'churn');
    assert.equal(modelVersion, 'v2');
    const { runs } = await asked<{ runs: unknown[] }>('runs', 'list');
    assert.equal(runs.length, 3);
  });
});
