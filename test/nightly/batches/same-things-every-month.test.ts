import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Batch } from '../../../src/documents/batch.js';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { changeProject } from '../../support/aws-project.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { csvOf, customersOf, type Customer } from '../../support/monthly-customers.js';
import { temporaryFolder } from '../../support/temporary.js';

/** A column says which month trains and which is judged; the customers are the same ones every month. */
describe('the same things every month, divided by a column', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const project = join(place.path, 'customers');
  const at = ['--project', project];
  const month = (number: number, rows = 400) => customersOf({ month: `2026-0${number}-28`, seed: 40 + number, rows });
  const withoutLabel = (one: Customer) => ({ ...one, stays: '' });
  const arrive = (name: string, rows: Customer[]) => writeFileSync(join(project, 'incoming', name), csvOf(rows));
  const batches = async () => (await mlopsJson<{ batches: Batch[] }>(['batches', 'list', ...at])).batches;
  const batchOf = async (name: string) => (await batches()).find((batch) => batch.name === name)!;

  before(async () => {
    const table = join(place.path, 'customers.csv');
    writeFileSync(table, csvOf([1, 2, 3, 4].flatMap((number) => month(number))));
    const asked = ['--target', 'stays', '--positive', 'yes', '--entity', 'customer_id', '--time', 'month'];
    const made = await mlops(['init', project, '--from', table, ...asked]);
    assert.equal(made.code, 0, made.stderr);
    // One candidate is enough, and quick.
    changeProject(project, ['model', 'candidates', 1], undefined);
    changeProject(project, ['features', 'split'], { by: 'column', column: 'part' });
    changeProject(project, ['monitor', 'batches'], { files: 'incoming', train: 'when-labelled' });
    mkdirSync(join(project, 'incoming'));
    const sql = join(project, 'features.sql');
    const parts = `CASE month(month) WHEN 1 THEN 'train' WHEN 2 THEN 'validation' WHEN 3 THEN 'test' ELSE 'production' END`;
    writeFileSync(sql, readFileSync(sql, 'utf8').replace('customer_id,', `customer_id,\n  ${parts} AS part,`));
  });
  after(async () => {
    await mlops(['endpoint', 'delete', 'customers', ...at]);
    place.remove();
  });

  it('trains on some months and judges the next, with no row left out', async () => {
    const run = await mlopsJson<Run>(['run', ...at]);
    assert.equal(run.verdict, 'pass', JSON.stringify(run.error));
    const figures = Object.fromEntries(run.stages.map((stage) => [stage.name, stage.figures]));
    assert.deepEqual([figures.features!.rows_train, figures.monitor!.n], [400, 400]);
  });

  it('lets what arrived join training once all its labels are there, and never judges by it what learned from it', async () => {
    arrive('may.csv', month(5));
    arrive('june.csv', month(6).map(withoutLabel));
    const by = join(place.path, 'by-hand.csv');
    writeFileSync(by, csvOf(month(7)));
    await mlops(['judge', by, ...at]);
    const waiting = await mlops(['monitor', ...at]);
    assert.match(waiting.stderr, /may\.csv has all its labels: its rows join the next training/);
    assert.deepEqual(
      (await batches()).map(({ name, accepted }) => [name, accepted !== null]),
      [
        ['may.csv', true],
        ['june.csv', false],
        ['by-hand.csv', false],
      ],
    );
    const labels = join(place.path, 'june-labels.csv');
    writeFileSync(labels, csvOf(month(6), ['customer_id', 'month', 'stays']));
    const added = await mlops(['labels', 'add', labels, ...at]);
    assert.match(added.stderr, /june\.csv has all its labels: its rows join the next training/, added.stdout);

    const run = await mlopsJson<Run>(['run', ...at]);
    const { features, train } = Object.fromEntries(run.stages.map((stage) => [stage.name, stage.figures]));
    assert.deepEqual(
      [features!.rows_train, features!.rows_of_batches, train!.modelVersion],
      [1200, 800, 'v2'],
      JSON.stringify(run.stages),
    );
    const again = await mlopsJson<MonitoringResults>(['judge', join(project, 'incoming', 'may.csv'), ...at]);
    assert.deepEqual([again.modelVersion, again.batch!.known, again.n], ['v2', 400, 0]);
    const fresh = await mlopsJson<MonitoringResults>(['judge', by, ...at]);
    assert.deepEqual([fresh.modelVersion, fresh.batch!.known, fresh.n], ['v2', 0, 400]);
  });

  it('knows the same bytes under another name, and takes a file that grew for a batch of its own', async () => {
    copyFileSync(join(project, 'incoming', 'may.csv'), join(project, 'incoming', 'may-again.csv'));
    arrive('june.csv', [...month(6).map(withoutLabel), ...month(8)]);
    await mlops(['monitor', ...at]);
    const names = (await batches()).map(({ name }) => name).sort();
    assert.deepEqual(names, ['by-hand.csv', 'june.csv', 'june.csv', 'may.csv']);
    const [grown] = (await batches()).filter(({ name, rows }) => name === 'june.csv' && rows === 800);
    assert.equal(grown!.labelled, 400);
  });

  it('says of a batch whose judging failed that it did and why, and judges it again', async () => {
    const model = join(project, '.mlops', 'buckets', 'customers', 'artifacts', 'models', 'v2', 'model_metadata.json');
    const whole = readFileSync(model);
    arrive('september.csv', month(9));
    const path = join(project, 'incoming', 'september.csv');
    writeFileSync(model, whole.subarray(0, 100));
    const failed = await mlops(['judge', path, ...at]);
    writeFileSync(model, whole);
    assert.notEqual(failed.code, 0);
    const { failed: why, judged } = await batchOf('september.csv');
    assert.deepEqual([why?.modelVersion, judged.length], ['v2', 0]);
    assert.ok(failed.stderr.includes(why!.why), failed.stderr);
    const list = await mlops(['batches', 'list', ...at]);
    assert.match(list.stdout, /september-\w+ +failed +v2 .*model_metadata\.json/);
    const monitored = await mlops(['monitor', ...at]);
    assert.match(monitored.stderr, /september\.csv: pass/);
    const mended = await batchOf('september.csv');
    assert.deepEqual([mended.failed, mended.judged.length], [undefined, 1]);
  });
});
