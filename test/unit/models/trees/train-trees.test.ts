import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readLightGbm } from '../../../../src/models/lightgbm-text/read-model.js';
import { writeLightGbm } from '../../../../src/models/lightgbm-text/write-model.js';
import { binaryEvaluation } from '../../../../src/models/metrics/binary-evaluation.js';
import { predict, predictRaw } from '../../../../src/models/predict.js';
import { importance } from '../../../../src/models/trees/importance.js';
import { trainTrees } from '../../../../src/models/trees/train/train-trees.js';
import { assertClose } from '../support/close.js';
import { madeUp, takeRows } from '../support/made-up.js';
import { itWithData, labelledAsRead, numberRows, sharedText } from '../support/shared-data.js';

const binary = { objective: 'binary', verbose: -1 };

describe('training trees', () => {
  itWithData(
    "grows genuine LightGBM's recorded model byte for byte: weights, bagging, feature fraction",
    async function () {
      this.timeout(60000);
      const text = sharedText('data/lightgbm/trained_lightgbm_4.7.0/binary_classification_model.txt');
      const weights = numberRows(
        sharedText('data/lightgbm/lightgbm_examples/binary_classification/binary.train.weight'),
      );
      const training = {
        ...labelledAsRead('binary_classification/binary.train'),
        weight: Float64Array.from(weights.flat()),
      };
      const model = await trainTrees(training, undefined, {
        ...binary,
        num_leaves: 63,
        min_data_in_leaf: 50,
        min_sum_hessian_in_leaf: 5,
        bagging_fraction: 0.8,
        bagging_freq: 5,
        feature_fraction: 0.8,
        seed: 1,
      });
      const trees = (file: string) => file.split('\nparameters:')[0]!;
      assert.ok(trees(writeLightGbm(model)) === trees(text), 'the same trees, sizes, ranges and importances');
    },
  );

  it('learns a signal and leaves constant and empty columns alone', async () => {
    const all = madeUp(4000);
    const rows = Array.from({ length: 4000 }, (_, row) => row);
    const model = await trainTrees(takeRows(all, rows.slice(0, 3000)), undefined, binary);
    const test = takeRows(all, rows.slice(3000));
    const { roc_auc } = binaryEvaluation(test.target, predict(model, test.matrix)[0]!, 0.5);
    assert.ok(roc_auc! > 0.88, `AUC ${roc_auc!}`);
    assert.deepEqual(model.featureInfos.slice(3), ['none', 'none']);
    const { split, gain } = importance(model);
    assert.equal(split[3]! + split[4]!, 0);
    assert.ok(gain[0]! > gain[2]!);
    const without = { columns: ['x', 'z', 'noise'], values: all.matrix.values.slice(0, 3), rows: 4000 };
    const narrow = await trainTrees(takeRows({ ...all, matrix: without }, rows.slice(0, 3000)), undefined, binary);
    assertClose(predictRaw(model, test.matrix)[0]!, predictRaw(narrow, test.matrix)[0]!, 0);
  });

  it('gives the same bytes for the same seed, and others for another', async () => {
    const training = madeUp(500);
    const sampled = { ...binary, bagging_fraction: 0.5, bagging_freq: 1, feature_fraction: 0.7, num_boost_round: 10 };
    const train = async (seed: number) => writeLightGbm(await trainTrees(training, undefined, { ...sampled, seed }));
    assert.equal(await train(3), await train(3));
    assert.notEqual(await train(3), await train(4));
  });

  it('uses all rows where subsample is given without its frequency', async () => {
    const training = madeUp(500);
    const all = await trainTrees(training, undefined, { ...binary, num_boost_round: 5 });
    const sub = await trainTrees(training, undefined, { ...binary, num_boost_round: 5, subsample: 0.5 });
    assert.deepEqual(sub.trees, all.trees);
  });

  it('stops when validation does not improve and keeps the best rounds only', async () => {
    const rounds: number[] = [];
    const figures: number[] = [];
    const model = await trainTrees(
      madeUp(1000, 7),
      madeUp(400, 8),
      { ...binary, metric: 'auc', num_boost_round: 200, early_stopping_round: 10, learning_rate: 0.3 },
      {
        onRound: ({ round, metrics }) => {
          rounds.push(round);
          figures.push(metrics.auc!);
        },
      },
    );
    const best = figures.indexOf(Math.max(...figures)) + 1;
    assert.equal(model.bestRound, best);
    assert.equal(model.trees.length, best);
    assert.equal(rounds.length, best + 10);
    assert.equal(readLightGbm(writeLightGbm(model)).trees.length, best);
  });

  it('is cancelled by its signal', async () => {
    const abort = new AbortController();
    const training = trainTrees(madeUp(500), undefined, binary, {
      signal: abort.signal,
      onRound: ({ round }) => round === 3 && abort.abort(),
    });
    await assert.rejects(training, { name: 'CancelledError' });
  });

  it('gives one leaf where nothing can be split, with the average in it', async () => {
    const few = takeRows(madeUp(500), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const model = await trainTrees(few, undefined, binary);
    assert.equal(model.trees.length, 1);
    const positives = few.target.reduce((sum, value) => sum + value, 0);
    assertClose(predict(model, few.matrix)[0]!, new Float64Array(10).fill(positives / 10), 1e-12);
  });

  it('refuses parameters that it does not know or follow, and says what was meant', async () => {
    const train = (given: Record<string, unknown>) => trainTrees(madeUp(50), undefined, { ...binary, ...given });
    await assert.rejects(train({ num_leafs: 3 }), /unknown parameter "num_leafs"; did you mean "num_leaf"\?/);
    await assert.rejects(train({ path_smooth: 1 }), /"path_smooth" of LightGBM is not supported/);
    await assert.rejects(train({ learning_rate: 'fast' }), /"learning_rate" is "fast", expected a number/);
    await assert.rejects(train({ num_leaves: 1 }), /"num_leaves" is 1, expected at least 2/);
    await assert.rejects(train({ bagging_fraction: 1.5 }), /"bagging_fraction" is 1.5, expected at most 1/);
    await assert.rejects(train({ objective: 'binari' }), /did you mean "binary"/);
    await assert.rejects(train({ boosting: 'dart' }), /"boosting" is "dart"/);
    await assert.rejects(train({ is_unbalance: true, scale_pos_weight: 2 }), /exclude each other/);
  });

  it('refuses targets that do not fit the objective, naming the row', async () => {
    const training = madeUp(50);
    training.target[4] = 2;
    await assert.rejects(trainTrees(training, undefined, binary), /target of row 5 is 2, expected 0 or 1/);
    training.target[4] = NaN;
    await assert.rejects(trainTrees(training, undefined, { objective: 'l2' }), /target of row 5 is NaN/);
  });

  it('counts a weight of 2 like the same row twice', async () => {
    const training = madeUp(300);
    const rows = Array.from({ length: 300 }, (_, row) => row);
    const doubled = takeRows(training, [...rows, ...rows.filter((row) => row % 3 === 0)]);
    const weighted = { ...training, weight: Float64Array.from(rows, (row) => (row % 3 === 0 ? 2 : 1)) };
    // Bins and limits go by rows, so that there must be a bin for each value, and no limit on rows.
    const bins = { max_bin: 2000, min_data_in_bin: 1 };
    const free = { ...binary, ...bins, min_data_in_leaf: 0, min_sum_hessian_in_leaf: 5, num_boost_round: 10 };
    const a = await trainTrees(weighted, undefined, free);
    const b = await trainTrees(doubled, undefined, free);
    assertClose(predict(a, training.matrix)[0]!, predict(b, training.matrix)[0]!, 1e-6);
  });
});

describe('predicting with trees', () => {
  it('does not depend on the order of rows, the size of a batch, or further columns', async () => {
    const training = madeUp(300);
    const model = await trainTrees(training, undefined, { ...binary, num_boost_round: 20 });
    const whole = predict(model, training.matrix)[0]!;
    const rows = fc.array(fc.integer({ min: 0, max: 299 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(rows, (picked) => {
        const { matrix } = takeRows(training, picked);
        const wider = {
          ...matrix,
          columns: ['other', ...matrix.columns],
          values: [matrix.values[0]!, ...matrix.values],
        };
        assert.deepEqual(
          [...predict(model, wider)[0]!],
          picked.map((row) => whole[row]!),
        );
      }),
    );
  });

  it('names the columns that are missing', async () => {
    const training = madeUp(100);
    const model = await trainTrees(training, undefined, { ...binary, num_boost_round: 2 });
    const narrow = { columns: ['z'], values: [training.matrix.values[1]!], rows: 100 };
    assert.throws(() => predict(model, narrow), /columns are missing: x, noise, constant, empty; found z/);
  });
});
