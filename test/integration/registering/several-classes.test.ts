import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import { mlops, type Answer } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

const fixtures = resolve('test/fixtures/xgboost/3.2.0');
const { columns, rows, cases } = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8')) as {
  columns: string[];
  rows: (number | null)[][];
  cases: { file: string; predictions: number[][] }[];
};
const { predictions } = cases.find(({ file }) => file === 'softprob.ubj')!;
/** The order of the model's outputs, which is not that of the alphabet. */
const classes = ['steady', 'falling', 'rising'];
const likeliest = (row: number[]) => classes[row.indexOf(Math.max(...row))]!;
const said = predictions.map(likeliest);
/** What LightGBM says of the same rows, having learned those classes of them. */
const forest = resolve('test/fixtures/lightgbm-classes');
const ofForest = JSON.parse(readFileSync(join(forest, 'classes.json'), 'utf8')) as number[][];
const shareOf = (right: boolean[]) => right.filter(Boolean).length / right.length;

describe('a model of several classes from elsewhere, from registering to its verdict', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const project = join(place.path, 'signals');
  const ask = (...words: string[]): Promise<Answer> => mlops([...words, '--project', project]);
  /** The recorded rows so often, with the class that the model says, or another one. */
  const table = (name: string, times: number, label: (row: number) => string) => {
    const path = join(place.path, name);
    const lines = Array.from({ length: times }, (_, round) =>
      rows.map((row, at) => `${name}-${round}-${at},${row.map((cell) => cell ?? '').join(',')},${label(at)}`),
    ).flat();
    writeFileSync(path, `id,${columns.join(',')},course\n${lines.join('\n')}\n`);
    return path;
  };
  let labelled: string;
  const register = (...more: string[]) =>
    ask('model', 'register', '--file', join(fixtures, 'softprob.ubj'), '--data', labelled, ...more);

  before(async () => {
    labelled = table('labelled.csv', 5, (at) => said[at]!);
    const made = await mlops(['init', project, '--from', labelled, '--target', 'course', '--entity', 'id']);
    assert.equal(made.code, 0, made.stderr);
  });
  after(async () => {
    await ask('endpoint', 'delete', 'labelled', '--yes', '--confirm', 'labelled');
    place.remove();
  });

  it('guesses no class: labels that its outputs have no names for are refused, and another number of them', async () => {
    const unnamed = await register();
    assert.equal(unnamed.code, 2);
    assert.match(
      unnamed.stderr,
      /column course: found falling, rising, steady, expected the classes of the model: 0, 1, 2.*--classes/,
    );
    const two = await register('--classes', 'steady,falling');
    assert.match(two.stderr, /--classes: found 2, expected the model's 3/);
  });

  it('is evaluated by its classes in the order of its outputs, and in no other', async () => {
    const turned = await register('--classes', [...classes].reverse().join(','), '--json');
    assert.equal(turned.code, 0, turned.stderr);
    const { code, stdout, stderr } = await register('--classes', classes.join(','), '--json');
    assert.equal(code, 0, stderr);
    const accuracy = (text: string) => (JSON.parse(text) as { metrics: Record<string, number> }).metrics.accuracy!;
    assert.equal(accuracy(stdout), 1);
    assert.ok(accuracy(turned.stdout) < 0.8);
  });

  /** Serves a version, and compares its answers with those of the library that made it. */
  async function serves(version: string, expected: number[][], near: number): Promise<void> {
    await ask('model', 'approve', version, '--reason', 'the same as in the notebook');
    const deployed = await ask('deploy');
    assert.equal(deployed.code, 0, deployed.stdout + deployed.stderr);
    const features = rows.slice(0, 20);
    const { stdout, stderr } = await ask('endpoint', 'invoke', 'labelled', '--data', JSON.stringify({ features }));
    const answer = JSON.parse(stdout) as {
      predictions: string[];
      probabilities: Record<string, number>[] | number[][];
    };
    assert.deepEqual(answer.predictions, expected.slice(0, 20).map(likeliest), stderr);
    answer.probabilities.forEach((row, at) =>
      classes.forEach((name, output) => {
        const found = Array.isArray(row) ? row[output]! : row[name]!;
        assert.ok(Math.abs(found - expected[at]![output]!) <= near, `row ${at}, ${name}: ${found}`);
      }),
    );
  }

  it('is served with its labels and every probability as XGBoost gave them', () => serves('v2', predictions, 2 ** -23));

  it('is judged on a batch by its classes, one that it never saw among them', async () => {
    const batch = table('march.csv', 6, (at) => (at % 10 === 0 ? 'broken' : said[at]!));
    const { stdout, stderr } = await ask('judge', batch, '--json');
    const results = JSON.parse(stdout) as MonitoringResults;
    assert.deepEqual([results.n, results.modelVersion], [360, 'v2'], stderr);
    assert.equal(results.metrics.accuracy, 0.9);
  });

  it("is a text of LightGBM's as well, from registering to its verdict", async () => {
    const words = ['model', 'register', '--file', join(forest, 'classes.txt'), '--data', labelled];
    const unnamed = await ask(...words);
    assert.match(unnamed.stderr, /expected the classes of the model: 0, 1, 2.*--classes/);
    const { code, stdout, stderr } = await ask(...words, '--classes', classes.join(','), '--json');
    assert.equal(code, 0, stderr);
    const { version, family, metrics } = JSON.parse(stdout) as {
      version: string;
      family: string;
      metrics: Record<string, number>;
    };
    assert.deepEqual([version, family], ['v3', 'lightgbm']);
    const right = shareOf(ofForest.map((row, at) => likeliest(row) === said[at]));
    assert.ok(Math.abs(metrics.accuracy! - right) < 1e-12, `${metrics.accuracy} ${right}`);
    await serves('v3', ofForest, 1e-12);
    const batch = table('april.csv', 6, (at) => said[at]!);
    const judged = await ask('judge', batch, '--json');
    const results = JSON.parse(judged.stdout) as MonitoringResults;
    assert.deepEqual([results.n, results.modelVersion], [360, 'v3'], judged.stderr);
    assert.ok(Math.abs(results.metrics.accuracy! - right) < 1e-12);
  });
});
