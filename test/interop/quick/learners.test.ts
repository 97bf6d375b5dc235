import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { predict } from '../../../src/models/predict.js';
import { trainForest } from '../../../src/models/forest/train-forest.js';
import { trainLogistic } from '../../../src/models/linear/train-logistic.js';
import { trainTrees } from '../../../src/models/trees/train/train-trees.js';
import type { Training } from '../../../src/models/table/matrix.js';
import type { TreeModel } from '../../../src/models/trees/tree-model.js';
import { writeLightGbm } from '../../../src/models/lightgbm-text/write-model.js';
import {
  agreesWithLightGbm,
  auc,
  coefficientsAgree,
  genuine,
  type Linear,
  logLoss,
  mixedRows,
  outputsOf,
  standardised,
  writeRows,
} from '../../support/genuine-learners.js';
import { describeWithData } from '../../support/shared-data.js';
import { temporaryFolder } from '../../support/temporary.js';
import { assertClose } from '../../unit/models/support/close.js';
import { labelled } from '../../unit/models/support/shared-data.js';

// What must hold with every change, in a few seconds; comparisons on more data and seeds are in ../full.
const folder = temporaryFolder();
after(() => folder.remove());

type TargetOf = (score: number, noise: number) => number;

const yes: TargetOf = (score, noise) => Number(noise < 1 / (1 + Math.exp(-score)));
const value: TargetOf = (score, noise) => 3 * score + noise;
const grade: TargetOf = (score, noise) => Math.max(0, Math.min(2, Math.floor(score + noise)));
const count: TargetOf = (score, noise) => Math.floor(Math.exp(score / 2) * 2 * noise);

describe('genuine LightGBM loads models written here', function () {
  this.timeout(120_000);
  const common = {
    ...{ num_iterations: 30, categorical_feature: 'name:kind', min_data_per_group: 10, num_leaves: 15 },
    ...{ bagging_freq: 1, bagging_fraction: 0.8, feature_fraction_bynode: 0.8 },
  };
  const boosted: [string, object, TargetOf][] = [
    ['binary', {}, yes],
    ['binary', { zero_as_missing: true, is_unbalance: true }, yes],
    ['binary', { use_missing: false, sigmoid: 0.7, scale_pos_weight: 3 }, yes],
    ['multiclass', { num_class: 3 }, grade],
    ['regression', {}, value],
    ['regression', { monotone_constraints: [1, 0, 0, 0], max_depth: 4, lambda_l1: 1, lambda_l2: 2 }, value],
    ['regression_l1', {}, value],
    ['huber', {}, value],
    ['poisson', {}, count],
    ['regression', { min_data_in_leaf: 1000 }, value],
  ];
  const forests: [string, TargetOf][] = [
    ['binary', yes],
    ['multiclass', grade],
    ['regression', value],
  ];

  it('and predicts the same to 1e-12: every objective, missing values, categories, constraints, forests', async () => {
    const made: { name: string; model: TreeModel; training: Training }[] = [];
    for (const [objective, more, targetOf] of boosted) {
      const training = mixedRows(targetOf);
      const model = await trainTrees(training, undefined, { ...common, objective, ...more });
      made.push({ name: `${objective} ${JSON.stringify(more)}`, model, training });
    }
    for (const [task, targetOf] of forests) {
      const training = mixedRows(targetOf);
      const model = await trainForest(training, { task, n_estimators: 20, min_samples_leaf: 3 });
      made.push({ name: `forest ${task}`, model, training });
    }
    const jobs = made.map(({ model, training }, place) => {
      const file = join(folder.path, `${place}.txt`);
      writeFileSync(file, writeLightGbm(model));
      return { do: 'predict', model: file, table: writeRows(join(folder.path, `${place}.csv`), training) };
    });
    const answers = await genuine<number[] | number[][]>(folder.path, jobs);
    made.forEach(({ name, model, training }, place) => {
      const theirs = outputsOf(answers[place]!);
      const ours = predict(model, training.matrix);
      assert.equal(ours.length, theirs.length, name);
      const oneLeaf = model.trees.every((tree) => tree.leaves === 1);
      assert.ok(oneLeaf || new Set(ours[0]).size > 50, `${name}: the model tells rows apart`);
      assert.equal(oneLeaf, name.includes('1000'), name);
      ours.forEach((output, k) => assertClose(output, theirs[k]!, 1e-12));
    });
    const categorical = made.filter(({ model }) => model.trees.some((tree) => tree.categoryWords.length > 0));
    assert.equal(categorical.length, boosted.length - 1, 'categories are split on');
  });
});

describeWithData('learners agree with the libraries people use, in short', 'lightgbm', function () {
  this.timeout(120_000);

  it('binary example against LightGBM: AUC, log loss within 0.5 %', () =>
    agreesWithLightGbm(folder.path, {
      name: 'binary',
      train: labelled('binary_classification/binary.train'),
      test: labelled('binary_classification/binary.test'),
      parameters: { objective: 'binary', num_iterations: 30, bagging_fraction: 0.8, bagging_freq: 5 },
      seeds: [1],
      measures: { auc, logLoss },
    }));

  it('logistic regression against scikit-learn: coefficients to 1e-6', async () => {
    const training = standardised(labelled('binary_classification/binary.train'));
    const table = writeRows(join(folder.path, 'logistic.csv'), training);
    const job = { do: 'linear', family: 'logistic', train: table, parameters: { C: 0.5 } };
    const [theirs] = await genuine<Linear>(folder.path, [job]);
    coefficientsAgree('logistic', await trainLogistic(training, { C: 0.5 }), theirs!);
  });
});
