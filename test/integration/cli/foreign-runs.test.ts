import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { GateResult } from '../../../src/documents/gates/verdict.js';
import type { Backtest } from '../../../src/documents/gates/gate-backtest.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';

const fixture = (name: string) => resolve('test/fixtures/documents', `${name}.json`);

describe("another system's monitoring runs, in the project's own bucket", function () {
  this.timeout(60_000);
  let project: MadeProject;
  const inProject = (...args: string[]) => [...args, '--project', project.folder];
  const key = 'monitoring/runs/20260218-211407/monitoring_results.json';

  before(async () => {
    project = await madeProject('hdd-failure');
    const runs = join(project.folder, '.mlops/buckets/hdd-failure/monitoring/runs');
    mkdirSync(join(runs, '20260218-211407'), { recursive: true });
    cpSync(fixture('template-monitoring-results'), join(runs, '20260218-211407', 'monitoring_results.json'));
    const evaluation = JSON.parse(readFileSync(fixture('template-evaluation'), 'utf8')) as object;
    const healthy = { timestamp: '20260217-090000', endpoint: 'e', status: 'HEALTHY', evaluation };
    writeFileSync(join(runs, '20260217-090000.json'), JSON.stringify(healthy));
  });
  after(() => project.remove());

  it('are judged by gate: the newest, by the rules of the project', async () => {
    const found = await mlopsJson<{ results: string; gates: GateResult[] }>(inProject('gate'));
    assert.equal(found.results, key);
    const asked = await mlopsJson<{ gates: GateResult[] }>(
      inProject('gate', '--results', fixture('template-monitoring-results')),
    );
    assert.deepEqual(found.gates, asked.gates);
  });

  it('are judged by gate where they are named by key or address', async () => {
    for (const name of [key, `s3://hdd-failure/${key}`]) {
      const found = await mlopsJson<{ results: string }>(inProject('gate', '--results', name));
      assert.equal(found.results, name);
    }
    const none = await mlops(inProject('gate', '--results', 's3://hdd-failure/monitoring/none.json'));
    assert.deepEqual(
      [none.code, none.stderr.includes('found no such file or object of local, expected monitoring results')],
      [2, true],
    );
  });

  it('are compared with the figures of the version that they served, where those are known', async () => {
    const limits = JSON.parse(readFileSync(fixture('template-monitoring-constraints'), 'utf8')) as object;
    mkdirSync(join(project.folder, 'baselines'), { recursive: true });
    const confusion = { tp: 9, fp: 100, fn: 1, tn: 900 };
    const text = JSON.stringify({ ...limits, baseline_confusion: confusion });
    writeFileSync(join(project.folder, 'baselines/monitoring_constraints.json'), text);
    const { gates } = await mlopsJson<{ gates: GateResult[] }>(inProject('gate'));
    const gate = gates.find(({ metric }) => metric === 'fpr');
    assert.equal(gate?.baseline, 0.1, JSON.stringify(gates));
  });

  it('are shown by report, the newest first', async () => {
    const { code, stdout, stderr } = await mlops(inProject('report', '--format', 'markdown'));
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /0\.803/);
  });

  it('are listed by runs list, with what they said', async () => {
    const found = await mlopsJson<{ foreign: { key: string; at: string; answer: string }[] }>(
      inProject('runs', 'list'),
    );
    assert.deepEqual(
      found.foreign.map(({ key: at, at: when }) => [at, when]),
      [
        [key, '2026-02-18T21:14:07.000Z'],
        ['monitoring/runs/20260217-090000.json', '2026-02-17T09:00:00.000Z'],
      ],
    );
    assert.match((await mlops(inProject('runs', 'list'))).stdout, /monitoring runs of another system:\n/);
  });

  it('are replayed by gate backtest, in the order of their times', async () => {
    const found = await mlopsJson<Backtest>(inProject('gate', 'backtest', '--since', '2026-02-01'));
    assert.deepEqual(
      found.runs.map(({ date }) => date),
      ['2026-02-17T09:00:00.000Z', '2026-02-18T21:14:07.000Z'],
    );
    assert.equal(found.summary.runs, 2);
  });

  it('are no reason for rows to say that there are none: it says whose they are, and what to do', async () => {
    const { code, stderr } = await mlops(inProject('rows', '--cell', 'fn'));
    assert.equal(code, 2);
    assert.match(
      stderr,
      /another system's \(newest: monitoring\/runs\/20260218-211407.*they keep no rows; run: mlops monitor/,
    );
  });
});
