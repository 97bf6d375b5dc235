import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataQualityBaseline, MonitoringConstraints } from '../../../src/documents/baselines.js';
import type { MonitoredRows } from '../../../src/documents/monitored-rows.js';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { newestDocument } from '../../support/projects.js';
import { temporaryFolder } from '../../support/temporary.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

const bucket = 'sites';

/** As CSV cells: values that cannot stand bare in the name of a slice. */
const notes = ['" blank"', '"two\nlines"', '"a]b"'];

/** Rows of four parts. Site c is guessed at; unlabelled rows lie far off in x, and one column of theirs is empty. */
function rows(): string {
  const u = lcgNumbers(9);
  const lines = ['id,x,gauge,age,site,note,y,part'];
  for (let id = 0; id < 1600; id += 1) {
    const part = ['train', 'train', 'validation', 'test', 'production'][id % 5]!;
    const site = 'abc'[Math.floor(u() * 3)]!;
    const x = 2 * u() - 1;
    const sure = u() < 0.9 ? x > 0 : x <= 0;
    const y = site === 'c' ? u() < 0.5 : sure;
    const unlabelled = part === 'production' && id % 2 === 0;
    const age = Math.floor(20 + 60 * u());
    lines.push(
      [
        id,
        unlabelled ? x + 9 : x,
        unlabelled ? '' : 5 + u(),
        age,
        site,
        notes[id % 3],
        unlabelled ? '' : Number(y),
        part,
      ].join(','),
    );
  }
  return lines.join('\n') + '\n';
}

const gate = (id: string, rule: string, more = {}) => ({ id, level: 'hard', rule, ...more });
const project = {
  name: bucket,
  sources: { rows: { files: 'data/rows.csv' } },
  features: { entity: 'id', split: { by: 'column', column: 'part' } },
  model: {
    task: 'binary',
    target: 'y',
    candidates: [{ name: 'line', family: 'logistic-regression', columns: ['x'] }],
  },
  endpoint: { name: bucket },
  monitor: {
    slices: ['site', 'note', { column: 'age', quantiles: 4 }],
    gates: [
      gate('recall', 'recall >= 0.6', { minSamples: 10 }),
      gate('site-a', 'recall[site=a] >= 0.7', { minSamples: 10 }),
      gate('site-c', 'recall[site=c] >= 0.7', { minSamples: 10, action: 'retrain' }),
      gate('few', 'recall[site=a] >= 0.1', { minSamples: 100_000 }),
      gate('nowhere', 'recall[site=z] >= 0.1'),
      gate('unheard-of', 'recall[planet=mars] >= 0.1'),
      gate('older', 'accuracy[age=[50, 60)] >= 0.5'),
      gate('kept', 'accuracy[site=a] >= 0.9 * baseline'),
      gate('drift', 'z_mean(x) <= 2'),
      { id: 'nulls', level: 'advisory', rule: 'null_pct(x) <= 5' },
      gate('no-worse', 'recall >= 1 * current'),
    ],
  },
};

describe('rows without labels, and slices of those with', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const folder = join(place.path, bucket);
  const inProject = (...args: string[]) => [...args, '--project', folder];
  let results: MonitoringResults;

  before(async () => {
    mkdirSync(join(folder, 'data'), { recursive: true });
    writeFileSync(join(folder, 'mlops.json'), JSON.stringify(project, null, 2));
    writeFileSync(join(folder, 'features.sql'), 'SELECT * FROM rows');
    writeFileSync(join(folder, 'data/rows.csv'), rows());
    const run = await mlopsJson<Run>(inProject('run'));
    assert.equal(run.error ?? null, null);
    results = newestDocument(folder, bucket, 'monitoring/runs', 'monitoring_results.json');
  });
  after(async () => {
    await mlops(inProject('endpoint', 'delete', bucket));
    place.remove();
  });

  const gateOf = (id: string) => results.gates.find((one) => one.id === id)!;

  it('looks for drift in all production rows, and at quality in those with a label', () => {
    assert.deepEqual([results.n, results.unlabelled], [160, 160]);
    const x = results.columns.find(({ column }) => column === 'x')!;
    assert.deepEqual([x.current.count, x.current.rows], [320, 320]);
    assert.equal(gateOf('drift').status, 'fail', 'only the rows without a label have drifted');
    assert.equal(gateOf('drift').n, 320);
    assert.ok(results.metrics.recall! > 0.6);
  });

  it('keeps the rows behind either: what has drifted can be looked at before its label comes', async () => {
    const rowsOf = (kind: string, name: string) =>
      mlopsJson<MonitoredRows>(inProject('rows', `--${kind}=${name}`, '--limit', '1000'));
    const drifted = await rowsOf('gate', 'drift');
    assert.equal(drifted.total, 320);
    assert.ok(drifted.rows.slice(0, 160).every(({ label, score }) => label === null && score !== null));
    const ofSite = await rowsOf('slice', 'site=a');
    assert.equal(ofSite.total, results.slices!.find(({ slice }) => slice === 'site=a')!.n);
    assert.ok(ofSite.rows.every(({ label }) => label !== null));
    assert.equal((await rowsOf('cell', 'fn')).total, results.confusion_matrix!.fn);
  });

  it('judges slices by value, by range and by what a rule names', () => {
    const names = results.slices!.map(({ slice }) => slice);
    assert.deepEqual(names.slice(0, 3), ['site=a', 'site=b', 'site=c']);
    assert.equal(names.filter((name) => name.startsWith('age')).length, 5, 'four quarters, and the range of a rule');
    assert.ok(names.includes('age=[50, 60)'));
    assert.equal(gateOf('site-a').status, 'pass');
    assert.equal(gateOf('site-c').status, 'fail');
    assert.match(gateOf('site-c').message, /recall where site=c was 0\.\d+, must be at least 0.7/);
    assert.equal(gateOf('older').status, 'pass');
    const ofSites = results.slices!.filter(({ column }) => column === 'site');
    assert.equal(
      ofSites.reduce((sum, { n }) => sum + n, 0),
      results.n,
    );
    assert.equal(gateOf('site-a').n, ofSites[0]!.confusion!.tp + ofSites[0]!.confusion!.fn);
  });

  it('finds a slice inconclusive that is too small, empty, or of a column that is not there', () => {
    for (const [id, why] of [
      ['few', /only \d+ positives, at least 100000 are needed/],
      ['nowhere', /no labelled row is in site=z/],
      ['unheard-of', /column "planet" is not in the feature group/],
    ] as const) {
      assert.equal(gateOf(id).status, 'inconclusive', id);
      assert.match(gateOf(id).message, why);
    }
  });

  it('names the worst slice and by what', () => {
    assert.equal(results.worstSlice, 'site=c');
    assert.deepEqual(results.worstSliceRule, { figure: 'recall', minimum: 10, of: 'positives' });
  });

  it('keeps baselines of slices that rules name, the edges of ranges, and statistics of all training rows', () => {
    const file = (name: string) =>
      JSON.parse(
        readFileSync(join(folder, '.mlops/buckets', bucket, 'artifacts/models/v1/baselines', name), 'utf8'),
      ) as unknown;
    const constraints = file('monitoring_constraints.json') as MonitoringConstraints;
    assert.equal(gateOf('kept').baseline, constraints.baseline_metrics['accuracy[site=a]']);
    assert.equal(constraints.slice_edges!.age!.length, 3);
    assert.ok(results.slices!.some(({ slice }) => slice === `age<${constraints.slice_edges!.age![0]}`));
    assert.equal((file('data_quality_baseline.json') as DataQualityBaseline & { x: { count: number } }).x.count, 640);
  });

  it('leaves rules on the current model to the judging of candidates, and says so', () => {
    assert.equal(gateOf('no-worse'), undefined);
    assert.deepEqual(results.promotionGates, ['no-worse']);
  });

  it('has intervals for figures that are no rates, around the figure', () => {
    for (const name of ['roc_auc', 'f1', 'log_loss', 'mcc']) {
      const [low, high] = results.intervals![name]!;
      assert.ok(low < results.metrics[name]! && results.metrics[name]! < high, name);
    }
  });

  it('opens the rows of every slice, however its value is written', async () => {
    for (const { slice, n } of results.slices!) {
      if (slice === 'planet=mars') continue;
      const opened = await mlopsJson<MonitoredRows>(inProject('rows', '--slice', slice, '--limit', '1'));
      assert.equal(opened.total, n, slice);
    }
    assert.ok(results.slices!.some(({ slice, n }) => slice === 'note="two\\nlines"' && n > 0));
    assert.ok(results.slices!.some(({ slice, n }) => slice === 'note=" blank"' && n > 0));
  });

  it('refuses a slice of a column that is not there, at its line', async () => {
    const path = join(folder, 'mlops.json');
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, before.replace('"site",', '"stie",'));
    const line = before.split('\n').findIndex((text) => text.includes('"site",')) + 1;
    const { code, stderr } = await mlops(inProject('run', 'monitor'));
    writeFileSync(path, before);
    assert.equal(code, 2);
    assert.match(
      stderr,
      new RegExp(`mlops.json:${line}:\\d+: monitor.slices\\[0\\]: found "stie", expected a column of`),
    );
    assert.match(stderr, /did you mean "site"/);
  });

  it('says in the summary of the run that rows have no label', async () => {
    const { stages } = await mlopsJson<Run>(inProject('run', 'monitor'));
    assert.match(String(stages.find(({ name }) => name === 'monitor')!.figures.summary), /160 rows have no label yet/);
  });
});
