import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mlops, mlopsJson } from '../../support/cli.js';
import { file, predicted, rows, trained } from '../../support/trained-models.js';

describe('mlops model train: families', function () {
  this.timeout(60_000);

  it('random-forest: words are encoded in the bundle, out-of-bag and validation figures are given', async () => {
    const parameters = { n_estimators: 20, oob_score: true, random_state: 1, weight_column: 'name:weight' };
    const report = await trained(parameters, [
      ...['--family', 'random-forest', '--out', file('forest.json'), '--validation', file('rows.csv')],
    ]);
    assert.deepEqual([report.kind, report.schemaVersion, report.family], ['model-training', 1, 'random-forest']);
    assert.deepEqual([report.task, report.bundle, report.trees], ['binary', true, 20]);
    assert.ok(report.outOfBag!.score > 0.7 && report.validation.roc_auc! > 0.95);
    const scores = await predicted('forest.json');
    assert.ok(scores.every(([p], row) => Math.abs(p! - rows[row]!.sold) < 0.9));
    const leaves = await predicted('forest.json', ['--leaf']);
    assert.equal(leaves[0]!.length, 20);
  });

  it('logistic-regression and ridge: coefficients with convergence, missing values and words prepared', async () => {
    const logistic = await trained({ family: 'logistic-regression', C: 2 }, ['--out', file('logistic.json')]);
    assert.deepEqual([logistic.task, logistic.bundle, logistic.converged], ['binary', true, true]);
    const info = await mlopsJson<{ kind: string; schemaVersion: number; features: string[]; coefficients: number[][] }>(
      [...['model', 'info', '--model', file('logistic.json')]],
    );
    assert.deepEqual([info.kind, info.schemaVersion], ['model-info', 1]);
    assert.deepEqual(info.features, ['size', 'town_east', 'town_north', 'town_south', 'weight']);
    assert.equal(info.coefficients[0]!.length, 5);
    const ridge = await trained(
      { family: 'ridge', alpha: 0.1 },
      ['--out', file('ridge/')],
      'price',
      'id,kind,sold,weight',
    );
    assert.equal(ridge.task, 'regression');
    const prices = await predicted('ridge/');
    assert.ok(rows.every((row, place) => row.size === null || Math.abs(prices[place]![0]! - row.price) < 12));
    const { stdout } = await mlops(['model', 'info', '--model', file('ridge/')]);
    assert.match(stdout, /bundle of a ridge .* impute, one-hot[\s\S]*linear, identity, converged in/);
  });

  it('classes by their words, in a .tar.gz: one column a class, named', async () => {
    const report = await trained(
      { objective: 'multiclass', n_estimators: 20, min_data_in_leaf: 5 },
      ['--out', file('kinds.tar.gz'), '--validation', file('rows.csv')],
      'kind',
      'id,price,sold',
    );
    assert.deepEqual([report.task, report.bundle, report.trees], ['multiclass', true, 60]);
    const { stdout } = await mlops(['model', 'predict', '--model', file('kinds.tar.gz'), '--data', file('rows.csv')]);
    assert.equal(stdout.split('\n')[0], 'flat,house,hut');
    const right = (await predicted('kinds.tar.gz')).filter(
      (shares, row) => ['flat', 'house', 'hut'][shares.indexOf(Math.max(...shares))] === rows[row]!.kind,
    );
    assert.ok(right.length > 200, `${right.length} of 240`);
  });

  it("xgboost: its names are taken for LightGBM's, and the report says so", async () => {
    const parameters = { family: 'xgboost', objective: 'binary:logistic', eta: 0.2, max_depth: 3, n_estimators: 7 };
    const report = await trained(parameters, ['--out', file('x.txt')]);
    assert.deepEqual([report.family, report.bundle, report.trees], ['xgboost', false, 7]);
    assert.ok(report.notes.includes("XGBoost's eta is taken as learning_rate"));
    assert.match(readFileSync(file('x.txt'), 'utf8'), /^tree\nversion=v4\n/);
  });

  it('the same seed gives the same bytes, whatever the form and the number of threads', async () => {
    const parameters = { objective: 'binary', bagging_fraction: 0.5, bagging_freq: 1, seed: 4, num_iterations: 5 };
    for (const name of ['a.txt', 'a.json', 'a.tar.gz']) {
      await trained(parameters, ['--out', file(name)]);
      const first = readFileSync(file(name));
      await trained(parameters, ['--out', file(name)]);
      assert.ok(first.equals(readFileSync(file(name))), name);
    }
    await trained({ ...parameters, num_threads: 3 }, ['--out', file('threads.txt')]);
    assert.equal(readFileSync(file('threads.txt'), 'utf8'), readFileSync(file('a.txt'), 'utf8'));
    assert.deepEqual(await predicted('a.txt'), await predicted('a.json'));
    assert.deepEqual(await predicted('a.txt'), await predicted('a.tar.gz'));
  });
});
