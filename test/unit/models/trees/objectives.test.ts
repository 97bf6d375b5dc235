import assert from 'node:assert/strict';
import { readLightGbm } from '../../../../src/models/lightgbm-text/read-model.js';
import { writeLightGbm } from '../../../../src/models/lightgbm-text/write-model.js';
import { predict, predictRaw } from '../../../../src/models/predict.js';
import { continueTrees } from '../../../../src/models/trees/train/continue-trees.js';
import { fromXgboost } from '../../../../src/models/trees/parameters/from-xgboost.js';
import { trainTrees } from '../../../../src/models/trees/train/train-trees.js';
import { assertClose } from '../support/close.js';
import { lcgNumbers } from '../support/golden.js';
import { madeUp } from '../support/made-up.js';
import { itWithData, labelledAsRead, numberRows, sharedText } from '../support/shared-data.js';

const EXAMPLES = 'data/lightgbm/lightgbm_examples';
const TRAINED = 'data/lightgbm/trained_lightgbm_4.7.0';
const trees = (file: string) => file.split('\nparameters:')[0]!;

describe('objectives', () => {
  itWithData("grows genuine LightGBM's recorded regression byte for byte, from given scores", async () => {
    const init = numberRows(sharedText(`${EXAMPLES}/regression/regression.train.init`)).flat();
    const training = { ...labelledAsRead('regression/regression.train'), initScore: [Float64Array.from(init)] };
    const model = await trainTrees(training, undefined, {
      learning_rate: 0.05,
      min_data_in_leaf: 100,
      min_sum_hessian_in_leaf: 5,
      bagging_fraction: 0.8,
      bagging_freq: 5,
      feature_fraction: 0.9,
      seed: 1,
    });
    assert.ok(trees(writeLightGbm(model)) === trees(sharedText(`${TRAINED}/regression_model.txt`)));
  });

  itWithData("grows genuine LightGBM's recorded five classes", async function () {
    this.timeout(120000);
    const training = labelledAsRead('multiclass_classification/multiclass.train');
    const test = labelledAsRead('multiclass_classification/multiclass.test');
    const parameters = { objective: 'multiclass', num_class: 5, num_leaves: 31, learning_rate: 0.05, seed: 1 };
    const model = await trainTrees(training, undefined, parameters);
    const recorded = readLightGbm(sharedText(`${TRAINED}/multiclass_classification_model.txt`));
    model.trees.forEach((tree, index) => {
      assert.deepEqual(tree.splitFeature, recorded.trees[index]!.splitFeature);
      assertClose(tree.threshold, recorded.trees[index]!.threshold, 1e-15);
      assertClose(tree.leafValue, recorded.trees[index]!.leafValue, 1e-12);
    });
    predict(model, test.matrix).forEach((column, k) => assertClose(column, predict(recorded, test.matrix)[k]!, 1e-12));
  });

  it('gives probabilities that add up to 1 for several classes', async () => {
    const training = madeUp(600);
    const target = training.target.map((label, row) => (training.matrix.values[0]![row]! > 3 ? 2 : label));
    const model = await trainTrees(
      { ...training, target },
      { ...training, target },
      {
        objective: 'multiclass',
        num_class: 3,
        num_boost_round: 20,
        early_stopping_round: 5,
      },
    );
    const [a, b, c] = predict(model, training.matrix);
    assertClose(
      a!.map((value, row) => value + b![row]! + c![row]!),
      new Float64Array(600).fill(1),
      1e-12,
    );
    assert.equal(model.trees.length, 3 * model.bestRound);
    await assert.rejects(trainTrees(training, undefined, { objective: 'multiclass' }), /needs "num_class"/);
    const few = { objective: 'multiclass', num_class: 2 };
    await assert.rejects(trainTrees({ ...training, target }, undefined, few), /is 2, expected a class from 0 to 1/);
  });

  it('finds medians with absolute error, where outliers do not matter', async () => {
    const n = 400;
    const group = Float64Array.from({ length: n }, (_, row) => row % 2);
    const target = group.map((value, row) => (row % 20 < 2 ? 1e6 : value === 1 ? 7 : 3));
    const training = { matrix: { columns: ['group'], values: [group], rows: n }, target };
    const model = await trainTrees(training, undefined, { objective: 'l1', learning_rate: 1, num_boost_round: 3 });
    assertClose(predict(model, training.matrix)[0]!.slice(0, 2), [3, 7], 1e-6);
  });

  it('predicts positive counts with Poisson and refuses negative ones', async () => {
    const training = madeUp(500);
    const target = training.matrix.values[0]!.map((x) => Math.max(0, Math.round(x)));
    const model = await trainTrees({ ...training, target }, undefined, { objective: 'poisson' });
    assert.ok(predict(model, training.matrix)[0]!.every((value) => value > 0));
    target[7] = -1;
    await assert.rejects(trainTrees({ ...training, target }, undefined, { objective: 'poisson' }), /row 8 is -1/);
  });

  it('keeps predictions rising and falling as constrained', async () => {
    const u = lcgNumbers(3);
    const rows = 800;
    const values = [0, 1].map(() => Float64Array.from({ length: rows }, () => u() * 10));
    const target = values[0]!.map((x, row) => Math.sin(x) + 0.3 * x - Math.cos(values[1]![row]!) + u());
    const matrix = { columns: ['up', 'down'], values, rows };
    const model = await trainTrees({ matrix, target }, undefined, { monotone_constraints: [1, -1] });
    const steps = Float64Array.from({ length: 200 }, (_, step) => step / 20);
    const along = (column: 0 | 1) => {
      const fixed = new Float64Array(200).fill(5);
      const moved = column === 0 ? [steps, fixed] : [fixed, steps];
      return predictRaw(model, { columns: ['up', 'down'], values: moved, rows: 200 })[0]!;
    };
    const [up, down] = [along(0), along(1)];
    assert.ok(up.every((value, step) => step === 0 || value >= up[step - 1]!));
    assert.ok(down.every((value, step) => step === 0 || value <= down[step - 1]!));
    assert.ok(up.at(-1)! > up[0]! && down.at(-1)! < down[0]!);
    await assert.rejects(
      trainTrees({ matrix, target }, undefined, { monotone_constraints: '1' }),
      /has 1 entries, expected 2/,
    );
  });
});

describe('categories', () => {
  it('splits on sets of categories, in whatever order the table lists them', async () => {
    const rows = 2000;
    const u = lcgNumbers(17);
    const town = Float64Array.from({ length: rows }, () => Math.floor(u() * 26));
    const target = town.map((code) => Number(u() < (code % 3 === 0 ? 0.9 : 0.1)));
    const letters = Array.from({ length: 26 }, (_, code) => String.fromCharCode(97 + code));
    const matrix = { columns: ['town'], values: [town], rows, categories: { town: letters } };
    const model = await trainTrees({ matrix, target }, undefined, {
      objective: 'binary',
      min_data_per_group: 10,
      num_boost_round: 30,
    });
    const one = {
      columns: ['town'],
      values: [Float64Array.of(0, 1, 2, NaN)],
      rows: 4,
      categories: { town: ['d', 'e', '?'] },
    };
    const again = readLightGbm(writeLightGbm(model));
    const [third, other, unknown, missing] = predict(again, one)[0]!;
    assert.ok(third! > 0.7 && other! < 0.3);
    assert.equal(unknown, missing);
    assert.match(model.featureInfos[0]!, /^-1(:\d+)+$/);
    const wrong = { columns: ['town'], values: [Float64Array.of(0)], rows: 1 };
    assertClose(predict(again, wrong)[0]!, predict(again, { ...wrong, categories: { town: ['a'] } })[0]!, 0);
  });

  it('takes columns of numbers as categories where they are named', async () => {
    const training = madeUp(500);
    const train = (given: unknown) =>
      trainTrees(training, undefined, { objective: 'binary', categorical_feature: given, num_boost_round: 3 });
    const [byName, byText, byPlace] = [await train(['z']), await train('name:z'), await train('1')];
    assert.deepEqual(byName.trees, byText.trees);
    assert.deepEqual(byName.trees, byPlace.trees);
    assert.doesNotMatch(byName.featureInfos[1]!, /^\[/);
    await assert.rejects(train(['zed']), /names "zed", which is no column; did you mean "z"/);
  });
});

describe('continuing a training', () => {
  it('is the same as training in one go, but for what is rounded in between', async () => {
    const training = madeUp(800);
    const parameters = { objective: 'binary', num_leaves: 8, num_boost_round: 10 };
    const first = await trainTrees(training, undefined, parameters);
    const more = await continueTrees(first, training, undefined, parameters);
    const whole = await trainTrees(training, undefined, { ...parameters, num_boost_round: 20 });
    assert.equal(more.trees.length, 20);
    assertClose(predict(more, training.matrix)[0]!, predict(whole, training.matrix)[0]!, 1e-6);
    const text = writeLightGbm(more);
    assert.equal(writeLightGbm(readLightGbm(text)), text);
  });

  it('refuses another table or objective', async () => {
    const training = madeUp(100);
    const model = await trainTrees(training, undefined, { objective: 'binary', num_boost_round: 2 });
    const other = { ...training, matrix: { ...training.matrix, columns: ['a', 'b', 'c', 'd', 'e'] } };
    await assert.rejects(continueTrees(model, other, undefined, { objective: 'binary' }), /trained on x, z/);
    await assert.rejects(continueTrees(model, training, undefined, {}), /objective is "binary sigmoid:1"/);
  });
});

describe("XGBoost's parameters", () => {
  it('are turned into LightGBM’s, and what was turned is said', async () => {
    const { parameters, notes } = fromXgboost({ objective: 'binary:logistic', eta: 0.1, max_depth: 3, subsample: 0.5 });
    assert.equal(parameters.num_leaves, 8);
    assert.equal(parameters.bagging_freq, 1);
    assert.ok(notes.includes("XGBoost's eta is taken as learning_rate"));
    const model = await trainTrees(madeUp(300), undefined, { ...parameters, num_boost_round: 5 });
    assert.ok(model.trees.every((tree) => tree.leaves <= 8));
  });

  it('are refused where they have no counterpart', () => {
    assert.throws(() => fromXgboost({ etta: 1 }), /"etta" of XGBoost has no counterpart; did you mean "eta"/);
    assert.throws(() => fromXgboost({ objective: 'rank:pairwise' }), /objective "rank:pairwise" has no counterpart/);
  });
});
