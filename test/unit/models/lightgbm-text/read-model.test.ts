import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readLightGbm } from '../../../../src/models/lightgbm-text/read-model.js';
import { predict, predictRaw } from '../../../../src/models/predict.js';
import { leafIndices } from '../../../../src/models/trees/predict-trees.js';
import { assertClose } from '../support/close.js';
import { OLDER_MODELS, TRAINED_MODELS } from '../support/recorded.js';
import { itWithData, matrixOf, numberRows, sharedText } from '../support/shared-data.js';
import { smallModel } from '../support/small-model.js';

describe("reading LightGBM's text models", () => {
  for (const recorded of [...TRAINED_MODELS, ...OLDER_MODELS])
    itWithData(`predicts what was recorded: ${recorded.name}`, () => {
      const model = readLightGbm(sharedText(recorded.model));
      const matrix = recorded.matrix(model.featureNames.length);
      if (recorded.raw) assertRows(predictRaw(model, matrix), recorded.raw);
      if (recorded.predictions) assertRows(predict(model, matrix), recorded.predictions);
    });

  itWithData('finds the recorded leaves', () => {
    const model = readLightGbm(sharedText('data/lightgbm/leaves/lg_breast_cancer.txt'));
    const rows = numberRows(sharedText('data/lightgbm/leaves/lg_breast_cancer_data.txt'));
    const expected = numberRows(sharedText('data/lightgbm/leaves/lg_breast_cancer_data_pred_leaves.txt'));
    const leaves = leafIndices(model, matrixOf(rows));
    expected.forEach((row, index) =>
      assert.deepEqual(
        row,
        leaves.map((tree) => tree[index]!),
      ),
    );
  });

  itWithData('takes a forest of version 2, whose leaves hold probabilities, at its word', () => {
    const model = readLightGbm(sharedText('data/lightgbm/leaves/lg_rf_iris.model'));
    const recorded = numberRows(sharedText('data/lightgbm/leaves/lg_rf_iris_true_predictions.txt')).flat();
    const [low, high] = predict(
      model,
      matrixOf([
        [5.1, 3.5, 1.4, 0.2],
        [6.7, 3.1, 4.7, 1.5],
      ]),
    )[0]!;
    assertClose([low!], [Math.min(...recorded)], 1e-12);
    assert.ok(recorded.some((value) => Math.abs(value - high!) < 1e-12));
  });

  itWithData('refuses what is no model, by name and line', () => {
    for (const file of ['tree_1leaf.txt', 'tree_2leaves.txt', 'tree_3leaves.txt', 'sk_iris.model', 'lg_1tree.json'])
      assert.throws(
        () => readLightGbm(sharedText(`data/lightgbm/leaves/${file}`), file),
        (error: Error) => error.name === 'InputError' && error.message.startsWith(`${file}, line 1: found`),
      );
  });

  it('reads categories, zero as missing, NaN as missing, and a single leaf', () => {
    const model = readLightGbm(smallModel());
    const scores = predictRaw(
      model,
      matrixOf(
        [
          [0, 3, 1],
          [NaN, 40, NaN],
          [5, -1, 0],
          [0.5, NaN, 2],
        ],
        ['a', 'b', 'c'],
      ),
    )[0]!;
    // tree 1: a <= 1.5, zero missing goes right; tree 2: b in {3, 40}; tree 3: c <= 0.5, NaN goes left; tree 4: 0.25
    assertClose(scores, [2 + 10 - 100 + 0.25, 2 + 10 + 100 + 0.25, 2 - 10 + 100 + 0.25, 1 - 10 - 100 + 0.25], 1e-15);
  });

  it('never predicts from a file that was cut off', () => {
    const text = smallModel();
    const end = text.indexOf('end of trees') + 'end of trees'.length;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: end - 1 }), (length) => {
        assert.throws(() => readLightGbm(text.slice(0, length)), { name: 'InputError' });
      }),
      { numRuns: 300 },
    );
  });

  it('refuses trees that do not hold together, naming the line', () => {
    const broken = (from: string, to: string) => () => readLightGbm(smallModel().replace(from, to), 'edited.txt');
    assert.throws(broken('leaf_value=1 2', 'leaf_value=1 25'), /edited.txt, line \d+: found a tree of another size/);
    assert.throws(broken('leaf_value=1 2', 'leaf_value=1 x'), /line \d+: found "x" in leaf_value, expected numbers/);
    assert.throws(broken('left_child=-1', 'left_child=-2'), /found a child -2 with two parents/);
    assert.throws(broken('left_child=-1', 'left_child=-9'), /found a child -9 that does not exist/);
    assert.throws(broken('split_feature=0', 'split_feature=7'), /found a split on feature 7 of 3/);
    assert.throws(broken('version=v4', 'version=v9'), /line 2: found "v9", expected version v2, v3 or v4/);
    assert.throws(broken('objective=regression', 'objective=regressive'), /found objective "regressive"/);
    assert.throws(broken('feature_names=a b c', 'feature_names=a b'), /found 2 feature_names, expected 3/);
    assert.throws(broken('num_leaves=2', ''), /without num_leaves/);
  });

  it('neither crashes nor hangs on damaged bytes', () => {
    const text = smallModel();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), fc.string({ maxLength: 4 }), (at, noise) => {
        const damaged = text.slice(0, at) + noise + text.slice(at + noise.length);
        try {
          predictRaw(readLightGbm(damaged), matrixOf([[1, 2, 3]], ['a', 'b', 'c']));
        } catch (error) {
          assert.equal((error as Error).name, 'InputError', String((error as Error).stack));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('reads a file with Windows line ends', () => {
    const model = readLightGbm(smallModel().replaceAll('\n', '\r\n'));
    assert.equal(model.trees.length, 4);
    assert.equal(model.pandasCategorical, null);
  });
});

function assertRows(actual: Float64Array[], path: string): void {
  const expected = numberRows(sharedText(path));
  actual.forEach((column, output) =>
    assertClose(
      column,
      expected.map((row) => row[output]!),
      1e-12,
    ),
  );
}
