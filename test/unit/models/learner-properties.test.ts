import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contributions } from '../../../src/models/explain/contributions.js';
import { trainForest } from '../../../src/models/forest/train-forest.js';
import { readLightGbm } from '../../../src/models/lightgbm-text/read-model.js';
import { writeLightGbm } from '../../../src/models/lightgbm-text/write-model.js';
import type { LinearModel } from '../../../src/models/linear/linear-model.js';
import { trainLogistic } from '../../../src/models/linear/train-logistic.js';
import { trainRidge } from '../../../src/models/linear/train-ridge.js';
import { predict, predictRaw } from '../../../src/models/predict.js';
import type { Training } from '../../../src/models/table/matrix.js';
import { trainTrees } from '../../../src/models/trees/train/train-trees.js';
import type { TreeModel } from '../../../src/models/trees/tree-model.js';
import { assertClose } from './support/close.js';
import { madeUp, takeRows } from './support/made-up.js';

const all = madeUp(400);
const filled: Training = {
  ...all,
  matrix: {
    columns: ['x', 'z', 'noise'],
    values: all.matrix.values.slice(0, 3).map((column) => column.map((value) => (Number.isNaN(value) ? -1 : value))),
    rows: 400,
  },
};
const three = filled.target.map((label, row) => label + (row % 7 === 0 ? 1 : 0));
const every = Array.from({ length: 400 }, (_, row) => row);

/** One model of each kind, small; the linear ones take no missing values. */
async function models(): Promise<[string, TreeModel | LinearModel, Training][]> {
  return [
    ['boosted trees', await trainTrees(all, undefined, { objective: 'binary', num_boost_round: 8 }), all],
    [
      'boosted trees on categories',
      await trainTrees(all, undefined, { categorical_feature: 'z', min_data_per_group: 5, num_boost_round: 8 }),
      all,
    ],
    ['a forest', await trainForest(all, { task: 'binary', n_estimators: 6 }), all],
    [
      'a forest of three classes',
      await trainForest({ ...all, target: three }, { task: 'multiclass', n_estimators: 4 }),
      all,
    ],
    ['a logistic regression', await trainLogistic(filled), filled],
    ['a softmax', await trainLogistic({ ...filled, target: three }), filled],
    ['a ridge', trainRidge(filled), filled],
  ];
}

describe('predictions of every learner', () => {
  it('are the same whatever the order of rows and the size of a batch', async () => {
    for (const [name, model, training] of await models()) {
      const whole = predict(model, training.matrix);
      const picks = fc.array(fc.nat(399), { minLength: 1, maxLength: 600 });
      fc.assert(
        fc.property(picks, (rows) => {
          const found = predict(model, takeRows(training, rows).matrix);
          found.forEach((output, k) =>
            assert.deepEqual(
              [...output],
              rows.map((row) => whole[k]![row]!),
              name,
            ),
          );
        }),
        { numRuns: 30 },
      );
    }
  });
});

describe('models of random trainings', function () {
  this.timeout(60_000);
  const trainings = fc.record({
    seed: fc.nat(10_000),
    rows: fc.integer({ min: 5, max: 250 }),
    num_leaves: fc.integer({ min: 2, max: 20 }),
    min_data_in_leaf: fc.integer({ min: 1, max: 30 }),
    max_bin: fc.integer({ min: 2, max: 300 }),
    objective: fc.constantFrom('regression', 'regression_l1', 'huber', 'binary', 'cross_entropy'),
    zero_as_missing: fc.boolean(),
    categorical: fc.boolean(),
  });

  it('are saved, loaded and saved again byte for byte, and predict the same', async () => {
    await fc.assert(
      fc.asyncProperty(trainings, async ({ seed, rows, categorical, ...parameters }) => {
        const training = madeUp(rows, seed);
        const given = {
          ...{ ...parameters, objective: parameters.objective === 'cross_entropy' ? 'binary' : parameters.objective },
          ...{ num_boost_round: 4, min_data_per_group: 5, bagging_fraction: 0.7, bagging_freq: 1, seed },
          ...(categorical ? { categorical_feature: 'z' } : {}),
        };
        const model = await trainTrees(training, undefined, given);
        const text = writeLightGbm(model);
        const again = readLightGbm(text);
        assert.equal(writeLightGbm(again), text);
        assert.deepEqual(predict(again, training.matrix), predict(model, training.matrix));
        assert.equal(writeLightGbm(await trainTrees(training, undefined, given)), text, 'same seed, same bytes');
      }),
      { numRuns: 60 },
    );
  });

  it('have contributions that add up to the raw score, and forests too', async () => {
    await fc.assert(
      fc.asyncProperty(trainings, fc.boolean(), async ({ seed, rows, ...parameters }, forest) => {
        const training = madeUp(rows, seed);
        const { num_leaves, min_data_in_leaf } = parameters;
        const model = forest
          ? await trainForest(training, { task: 'binary', n_estimators: 3, max_depth: 6, random_state: seed })
          : await trainTrees(training, undefined, { num_leaves, min_data_in_leaf, num_boost_round: 4 });
        const { outputs, features } = contributions(model, training.matrix);
        const width = features.length + 1;
        predictRaw(model, training.matrix).forEach((scores, k) =>
          scores.forEach((score, row) => {
            const own = outputs[k]!.subarray(row * width, (row + 1) * width);
            const sum = own.reduce((total, value) => total + value, 0);
            assert.ok(Math.abs(score - sum) <= 1e-10 * Math.max(1, Math.abs(score)), `${score} and ${sum}`);
          }),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('a weight of 2 counts like the same row twice', () => {
  const twice = every.filter((row) => row % 3 === 0);
  const doubled = (training: Training) => takeRows(training, [...every, ...twice]);
  const weighted = (training: Training): Training => ({
    ...training,
    weight: Float64Array.from(every, (row) => (row % 3 === 0 ? 2 : 1)),
  });

  it('in a forest on all rows, whose limits do not count rows', async () => {
    for (const task of ['binary', 'regression']) {
      const options = { task, n_estimators: 3, bootstrap: false, max_features: 1.0, max_depth: 5 };
      const a = await trainForest(weighted(all), options);
      const b = await trainForest(doubled(all), options);
      assertClose(predict(a, all.matrix)[0]!, predict(b, all.matrix)[0]!, 1e-9);
    }
  });

  it('in linear models', async () => {
    const [a, b] = [await trainLogistic(weighted(filled)), await trainLogistic(doubled(filled))];
    assertClose(a.coefficients[0]!, b.coefficients[0]!, 1e-6);
    const [c, d] = [trainRidge(weighted(filled)), trainRidge(doubled(filled))];
    assertClose(c.coefficients[0]!, d.coefficients[0]!, 1e-9);
  });
});

describe('the same seed gives the same bytes', () => {
  it('in linear models and forests, with the training interrupted by other work', async () => {
    const other = setInterval(() => undefined, 1);
    const forest = () => trainForest(all, { task: 'binary', n_estimators: 30, random_state: 5 });
    assert.equal(writeLightGbm(await forest()), writeLightGbm(await forest()));
    assert.equal(JSON.stringify(await trainLogistic(filled)), JSON.stringify(await trainLogistic(filled)));
    clearInterval(other);
  });
});
