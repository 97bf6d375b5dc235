import assert from 'node:assert/strict';
import { trainForest } from '../../../../src/models/forest/train-forest.js';
import { readLightGbm } from '../../../../src/models/lightgbm-text/read-model.js';
import { writeLightGbm } from '../../../../src/models/lightgbm-text/write-model.js';
import { binaryEvaluation } from '../../../../src/models/metrics/binary-evaluation.js';
import { regressionEvaluation } from '../../../../src/models/metrics/regression-evaluation.js';
import { predict } from '../../../../src/models/predict.js';
import { assertClose } from '../support/close.js';
import { madeUp, takeRows } from '../support/made-up.js';
import { itWithData, matrixOf, sharedText } from '../support/shared-data.js';

const rows = Array.from({ length: 1500 }, (_, row) => row);

describe('random forest', () => {
  itWithData("explains house prices as well as scikit-learn's: R2 .991 on train, .917 on test", async function () {
    this.timeout(60000);
    const [header, ...lines] = sharedText('data/house_prices/synthetic_1000.csv').trim().split('\n');
    const names = header!.split(',').slice(0, 5);
    const part = (split: string) => {
      const cells = lines.map((line) => line.split(',')).filter((row) => row[6] === split);
      const numbers = cells.map((row) => row.slice(0, 6).map(Number));
      return { matrix: matrixOf(numbers, names), target: Float64Array.from(numbers, (row) => row[5]!) };
    };
    const [train, test] = [part('train'), part('test')];
    const model = await trainForest(train, { task: 'regression', n_estimators: 100, random_state: 42 });
    const r2 = (on: typeof train) => regressionEvaluation(on.target, predict(model, on.matrix)[0]!).r2!;
    assert.ok(Math.abs(r2(train) - 0.991) < 0.003, `train ${r2(train)}`);
    assert.ok(Math.abs(r2(test) - 0.9174) < 0.01, `test ${r2(test)}`);
  });

  it('classifies with missing values, and its probabilities survive the file', async () => {
    const all = madeUp(1500);
    const test = takeRows(all, rows.slice(1000));
    const model = await trainForest(takeRows(all, rows.slice(0, 1000)), {
      task: 'binary',
      n_estimators: 40,
      min_samples_leaf: 3,
    });
    const probabilities = predict(model, test.matrix)[0]!;
    const { roc_auc } = binaryEvaluation(test.target, probabilities, 0.5);
    assert.ok(roc_auc! > 0.86, `AUC ${roc_auc!}`);
    assert.ok(probabilities.every((value) => value >= 0 && value <= 1));
    assertClose(predict(readLightGbm(writeLightGbm(model)), test.matrix)[0]!, probabilities, 0);
  });

  it('gives a probability for each of several classes, adding up to 1', async () => {
    const training = madeUp(600);
    const target = training.target.map((label, row) => (training.matrix.values[0]![row]! > 3 ? 2 : label));
    const model = await trainForest({ ...training, target }, { task: 'multiclass', n_estimators: 15, max_depth: 6 });
    const [a, b, c] = predict(model, training.matrix);
    assert.equal(model.treesPerRound, 3);
    assertClose(
      a!.map((value, row) => value + b![row]! + c![row]!),
      new Float64Array(600).fill(1),
      1e-12,
    );
    assert.ok(
      rows
        .slice(0, 600)
        .filter((row) => target[row] === 2)
        .every((row) => c![row]! > 0.5),
    );
  });

  it('fits every row with one full tree on all rows', async () => {
    const training = madeUp(300);
    const model = await trainForest(training, {
      task: 'binary',
      n_estimators: 1,
      bootstrap: false,
      max_features: null,
    });
    assertClose(predict(model, training.matrix)[0]!, training.target, 0);
  });

  it('keeps its limits', async () => {
    const training = madeUp(400);
    const model = await trainForest(training, {
      task: 'binary',
      n_estimators: 5,
      bootstrap: false,
      max_depth: 3,
      min_samples_leaf: 0.05,
    });
    for (const tree of model.trees) {
      assert.ok(tree.leaves <= 8);
      assert.ok(tree.leafCount.every((count) => count >= 20));
    }
  });

  it('leans to the rare class when classes are balanced', async () => {
    const training = madeUp(800);
    const rare = takeRows(
      training,
      rows.slice(0, 800).filter((row) => training.target[row] === 0 || row % 10 === 0),
    );
    const mean = async (class_weight: unknown) => {
      const options = { task: 'binary', n_estimators: 20, max_depth: 3, class_weight };
      const scores = predict(await trainForest(rare, options), rare.matrix)[0]!;
      return scores.reduce((sum, value) => sum + value, 0) / scores.length;
    };
    const plain = await mean(null);
    assert.ok((await mean('balanced')) > plain + 0.1);
    assert.ok((await mean('balanced_subsample')) > plain + 0.1);
  });

  it('scores rows that a tree did not see', async () => {
    const training = madeUp(600);
    const options = { task: 'binary', n_estimators: 60, min_samples_leaf: 5, oob_score: true };
    const { outOfBag } = await trainForest(training, options);
    assert.equal(outOfBag!.rows, 600);
    assert.ok(outOfBag!.score! > 0.75 && outOfBag!.score! < 0.92, `accuracy ${outOfBag!.score!}`);
    const scrambled = { ...training, target: training.target.map((_, row) => row % 2) };
    const nothing = await trainForest(scrambled, options);
    assert.ok(nothing.outOfBag!.score! < 0.65, `accuracy on noise ${nothing.outOfBag!.score!}`);
    await assert.rejects(trainForest(training, { ...options, bootstrap: false }), /"oob_score" needs "bootstrap"/);
  });

  it('gives the same bytes for the same seed, and others for another', async () => {
    const training = madeUp(200);
    const train = async (random_state: number) =>
      writeLightGbm(await trainForest(training, { task: 'binary', n_estimators: 3, random_state }));
    assert.equal(await train(1), await train(1));
    assert.notEqual(await train(1), await train(2));
  });

  it('refuses what it does not know, and is cancelled by its signal', async () => {
    const train = (given: Record<string, unknown>) => trainForest(madeUp(50), { task: 'binary', ...given });
    await assert.rejects(train({ n_estimator: 5 }), /did you mean "n_estimators"/);
    await assert.rejects(train({ criterion: 'entropy' }), /"criterion" is "entropy", expected "gini"/);
    await assert.rejects(trainForest(madeUp(50), {}), /a forest needs "task"/);
    await assert.rejects(trainForest(madeUp(50), { task: 'binary' }, { signal: AbortSignal.abort() }), {
      name: 'CancelledError',
    });
  });
});
