import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Backtest } from '../../../src/documents/gates/gate-backtest.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { figuresOfConfusion } from '../../../src/models/metrics/binary-figures.js';
import { judgeAgain } from '../../../src/pipeline/judging/judge-again.js';
import { loadProject } from '../../../src/project/load.js';
import { madeProject, type MadeProject } from '../../support/projects.js';

const fixture = (name: string) => resolve('test/fixtures/documents', `${name}.json`);
interface Answer {
  kind: string;
  schemaVersion: number;
  verdict: string;
  gates: { id: string; status: string; message: string }[];
}

describe('mlops gate', function () {
  this.timeout(60_000);
  let project: MadeProject;
  const inProject = (...args: string[]) => [...args, '--project', project.folder];
  const runs = () => join(project.folder, '.mlops/buckets/hdd-failure/monitoring/runs');
  const file = (name: string) => join(project.folder, `${name}.json`);
  /** Results as a monitor run of that day stores them, judged by the project's own rules: so many failures were found. */
  const store = async (name: string, day: string, found: number, missed: number) => {
    const base = JSON.parse(readFileSync(fixture('monitoring-pass'), 'utf8')) as MonitoringResults;
    const confusion = { ...base.confusion_matrix!, tp: found, fn: missed };
    const metrics = { ...base.metrics, ...figuresOfConfusion(confusion) };
    const columns = base.columns.map((column) => ({ ...column, z: 0, current: { ...column.current, nullPct: 0 } }));
    const stored = {
      ...{ ...base, confusion_matrix: confusion, metrics, columns, baselineMetrics: { ...metrics, recall: 1 } },
      ...{ run_timestamp: `${day}T09:00:00Z`, positives: found + missed },
    };
    const { verdict, gates, soft } = judgeAgain((await loadProject(project.folder)).file, stored, [], new Date(day));
    const text = JSON.stringify({ ...stored, verdict, gates, soft });
    const folder = join(runs(), `${day.replaceAll('-', '')}-090000-run000`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'monitoring_results.json'), text);
    writeFileSync(file(name), text);
  };

  before(async () => {
    project = await madeProject('hdd-failure');
    await store('pass', '2026-11-01', 22, 2);
    await store('fail', '2026-11-02', 15, 9);
    await store('inconclusive', '2026-11-03', 2, 1);
    await store('another', '2026-11-04', 22, 2);
  });
  after(() => project.remove());

  it('answers with a document that says what it is', async () => {
    const answer = await mlopsJson<Answer>(inProject('gate', '--results', file('fail')));
    assert.deepEqual([answer.kind, answer.schemaVersion, answer.verdict], ['gate-answer', 1, 'fail']);
    const both = await mlopsJson<{ kind: string; verdict: string; answers: Answer[] }>(
      inProject('gate', '--results', file('pass'), file('inconclusive')),
    );
    assert.deepEqual([both.kind, both.verdict, both.answers.length], ['gate-answers', 'inconclusive', 2]);
  });

  const exits: [string, string[], number][] = [
    ['pass', ['--results', 'pass'], 0],
    ['pass, warnings count', ['--results', 'pass', '--fail-on', 'warn'], 0],
    ['fail', ['--results', 'fail'], 1],
    ['inconclusive', ['--results', 'inconclusive'], 3],
    ["another system's failure", ['--results', fixture('template-monitoring-results')], 1],
  ];
  for (const [what, flags, expected] of exits) {
    it(`exits ${expected} on ${what}`, async () => {
      const words = flags.map((flag) => (/^(pass|fail|inconclusive)$/.test(flag) ? file(flag) : flag));
      const { code, stdout, stderr } = await mlops(inProject('gate', ...words));
      assert.equal(code, expected, stdout + stderr);
    });
  }

  const wrong: [string[], RegExp][] = [
    [['--format', 'xml'], /--format: found "xml", expected one of "text", "json", "markdown", "junit"/],
    [['--format', 'xml', '--json'], /--format: found "xml"/],
    [['--format', 'junit', '--json'], /--format: found "junit" beside --json/],
    [['--fail-on', 'x'], /--fail-on: found "x", expected one of "fail", "warn"/],
    [['--results', '/nope'], /^\/nope: found no such file, expected monitoring results/],
    [
      ['--results', fixture('evaluation')],
      /evaluation\.json: found a document of kind evaluation, expected monitoring/,
    ],
    [['--results', resolve('package.json')], /package\.json: found no monitoring results/],
    [['--results', resolve('README.md')], /README\.md: .*expected monitoring results in JSON/],
  ];
  for (const [flags, message] of wrong) {
    it(`refuses ${flags.join(' ').replaceAll(process.cwd(), '.')}`, async () => {
      const { code, stdout, stderr } = await mlops(inProject('gate', ...flags));
      assert.equal(code, 2, stderr);
      if (flags.includes('--json')) assert.equal((JSON.parse(stdout) as { kind: string }).kind, 'error');
      else assert.equal(stdout, '');
      assert.match(stderr, message);
    });
  }

  describe('backtest', () => {
    const backtest = (...flags: string[]) => mlopsJson<Backtest>(inProject('gate', 'backtest', ...flags));

    it('says of each stored run what these rules would have said, and writes nothing', async () => {
      const before = readdirSync(runs());
      const found = await backtest('--since', '2026-11-01');
      assert.deepEqual([found.kind, found.schemaVersion], ['gate-backtest', 1]);
      assert.deepEqual(
        found.runs.map(({ date, then, now }) => [date.slice(0, 10), then, now]),
        [
          ['2026-11-01', 'pass', 'pass'],
          ['2026-11-02', 'fail', 'fail'],
          ['2026-11-03', 'inconclusive', 'inconclusive'],
          ['2026-11-04', 'pass', 'pass'],
        ],
      );
      assert.deepEqual([found.summary.retrainThen, found.summary.retrainNow], [1, 1]);
      assert.deepEqual(readdirSync(runs()), before);
    });

    it('replays changed thresholds, and names the gates that change', async () => {
      const found = await backtest('--since', '2026-11-01', '--set', 'recall.threshold=0.95', 'recall.minSamples=10');
      assert.deepEqual(found.summary.now, { fail: 3, inconclusive: 1 });
      assert.equal(found.summary.retrainNow, 3);
      const [first] = found.runs;
      assert.deepEqual(
        first!.changed.map(({ gate, then, now }) => [gate, then, now]),
        [['recall', 'pass', 'fail']],
      );
      const recall = found.summary.gates.find(({ id }) => id === 'recall')!;
      assert.deepEqual([recall.rule, recall.failedThen, recall.failedNow], ['recall >= 0.95', 1, 3]);
    });

    it('looks at the days that were asked for, whole', async () => {
      const found = await backtest('--since', '2026-11-02', '--until', '2026-11-03');
      assert.deepEqual(found.runs.length, 2);
    });

    it('says it in words', async () => {
      const { code, stdout } = await mlops(inProject('gate', 'backtest', '--since', '2026-11-01', '--set', 'recall.threshold=0.95')); // prettier-ignore
      assert.equal(code, 0);
      assert.match(stdout, /2026-11-01T09:00:00Z +\S+ +✓ pass +✗ fail +recall: pass to fail/);
      assert.match(stdout, /4 runs: then 2 pass, 1 fail, 1 inconclusive, retraining asked for 1 times; now 3 fail/);
    });

    const refused: [string[], RegExp][] = [
      [['--since', '2026-11-01', '--set', 'recal.threshold=1'], /found gate "recal", expected .*did you mean "recall"/],
      [['--since', 'tomorrowish'], /--since: found "tomorrowish", expected a date/],
      [['--since', '2030-01-01'], /found no monitoring results since 2030-01-01/],
      [['--since', '2026-11-03', '--until', '2026-11-01'], /--until: found 2026-11-01.*expected a date after/],
      [[], /--since/],
    ];
    for (const [flags, message] of refused) {
      it(`refuses ${flags.join(' ') || 'no date'}`, async () => {
        const { code, stderr } = await mlops(inProject('gate', 'backtest', ...flags));
        assert.equal(code, 2, stderr);
        assert.match(stderr, message);
      });
    }
  });

  describe('waive', () => {
    const waive = (...flags: string[]) => mlops(inProject('waive', ...flags));
    const complete = ['recall', '--owner', 'ana', '--until', '2999-12-31', '--reason', 'known'];

    it('turns a failure into a warning, is listed and shown in the status, and can be cleared', async () => {
      assert.equal((await waive(...complete)).code, 0);
      const answer = await mlopsJson<Answer>(inProject('gate', '--results', file('fail')));
      assert.equal(answer.gates.find(({ id }) => id === 'recall')!.status, 'warn');
      assert.match((await waive('--list')).stdout, /recall +ana +2999-12-31 +known/);
      const status = await mlops(inProject('status'));
      assert.match(status.stdout, /waiver of recall until 2999-12-31, ana answers for it: known/);
      assert.equal((await waive('--clear', 'recall')).code, 0);
      assert.match((await waive('--list')).stdout, /nothing is waived/);
      const { entries } = await mlopsJson<{ entries: { what: string }[] }>(inProject('history'));
      assert.deepEqual(entries.map(({ what }) => what).sort(), ['waiver', 'waiver-cleared']);
    });

    const refused: [string, string[], RegExp][] = [
      ['a day that is over', ['recall', '--owner', 'a', '--until', '2020-01-01', '--reason', 'b'], /waive until: found 2020-01-01, which is over/],
      ['a misspelt gate', ['recal', '--owner', 'a', '--until', '2999-01-01', '--reason', 'b'], /did you mean "recall"/],
      ['nobody who answers', ['recall', '--until', '2999-01-01', '--reason', 'b'], /found no --owner/],
      ['no gate', [], /waive: found no gate/],
      ['to clear what is not waived', ['--clear', 'drift'], /waive --clear: found "drift", expected none/],
    ]; // prettier-ignore
    for (const [what, flags, message] of refused) {
      it(`refuses ${what}`, async () => {
        const { code, stderr } = await waive(...flags);
        assert.equal(code, 2, stderr);
        assert.match(stderr, message);
      });
    }
  });
});
