import assert from 'node:assert/strict';
import { contributions } from '../../../../src/models/explain/contributions.js';
import { trainForest } from '../../../../src/models/forest/train-forest.js';
import { readLightGbm } from '../../../../src/models/lightgbm-text/read-model.js';
import { predictRaw } from '../../../../src/models/predict.js';
import { goesLeft } from '../../../../src/models/trees/find-leaves.js';
import type { Tree } from '../../../../src/models/trees/tree.js';
import { trainTrees } from '../../../../src/models/trees/train/train-trees.js';
import { assertClose } from '../support/close.js';
import { madeUp } from '../support/made-up.js';
import { itWithData, labelled, numberRows, sharedText } from '../support/shared-data.js';
import { smallTrees, stump } from '../support/small-model.js';

const TRAINED = 'data/lightgbm/trained_lightgbm_4.7.0';

describe('contributions (TreeSHAP)', () => {
  for (const [name, rows] of [
    ['binary_classification', 'binary_classification/binary.test'],
    ['regression', 'regression/regression.test'],
    ['multiclass_classification', 'multiclass_classification/multiclass.test'],
  ] as const)
    itWithData(`are what genuine LightGBM recorded: ${name}`, function () {
      this.timeout(60000);
      const model = readLightGbm(sharedText(`${TRAINED}/${name}_model.txt`));
      const { matrix } = labelled(rows);
      const head = { ...matrix, values: matrix.values.map((column) => column.slice(0, 50)), rows: 50 };
      const recorded = numberRows(sharedText(`${TRAINED}/${name}_contrib_head50.txt`));
      const { outputs } = contributions(model, head);
      const width = model.featureNames.length + 1;
      recorded.forEach((row, index) => {
        const own = outputs.flatMap((values) => [...values.subarray(index * width, (index + 1) * width)]);
        own.forEach((value, place) =>
          assert.ok(Math.abs(value - row[place]!) <= 1e-9 * Math.max(1, Math.abs(row[place]!))),
        );
      });
    });

  it('add up to the raw score, missing values and forests included', async () => {
    const training = madeUp(300);
    const boosted = await trainTrees(training, undefined, { objective: 'binary', num_boost_round: 20 });
    const forest = await trainForest(training, { task: 'binary', n_estimators: 5, max_depth: 5 });
    for (const model of [boosted, forest]) {
      const { outputs, features } = contributions(model, training.matrix);
      const width = features.length + 1;
      const sums = Float64Array.from({ length: 300 }, (_, row) =>
        outputs[0]!.subarray(row * width, (row + 1) * width).reduce((sum, value) => sum + value, 0),
      );
      predictRaw(model, training.matrix)[0]!.forEach((score, row) => assert.ok(Math.abs(score - sums[row]!) < 1e-10));
    }
  });

  it('equal the Shapley values of all subsets of features', async () => {
    const training = madeUp(400);
    const model = await trainTrees(training, undefined, { objective: 'binary', num_boost_round: 4, num_leaves: 12 });
    const { outputs } = contributions(model, training.matrix);
    for (const row of [0, 7, 133]) {
      const expected = bruteForce(model.trees, training.matrix.values, row);
      assertClose(outputs[0]!.subarray(row * 6, row * 6 + 3), expected.slice(0, 3), 1e-9);
    }
  });

  it('are refused where they are not defined', () => {
    const matrix = madeUp(1).matrix;
    const linear = { constant: Float64Array.of(0, 0), features: [], coefficients: [] };
    const of = (trees: Tree[]) => () =>
      contributions({ ...smallTrees(), featureNames: ['x', 'z', 'noise'], trees }, matrix);
    assert.throws(of([stump({ linear })]), /tree 0 has linear leaves/);
    assert.throws(of([stump({ leafCount: Float64Array.of(0, 0) })]), /tree 0 does not say how many rows/);
  });
});

/** Shapley values by their definition: over all subsets, what a feature adds to the expected score. */
function bruteForce(trees: Tree[], columns: Float64Array[], row: number): number[] {
  const n = columns.length;
  const value = (known: number) => trees.reduce((sum, tree) => sum + expected(tree, 0, columns, row, known), 0);
  const factorial = (k: number): number => (k <= 1 ? 1 : k * factorial(k - 1));
  return columns.map((_, feature) => {
    let phi = 0;
    for (let known = 0; known < 1 << n; known++) {
      if (known & (1 << feature)) continue;
      const size = known.toString(2).split('1').length - 1;
      const weight = (factorial(size) * factorial(n - size - 1)) / factorial(n);
      phi += weight * (value(known | (1 << feature)) - value(known));
    }
    return phi;
  });
}

function expected(tree: Tree, node: number, columns: Float64Array[], row: number, known: number): number {
  if (node < 0) return tree.leafValue[~node]!;
  const feature = tree.splitFeature[node]!;
  const [left, right] = [tree.leftChild[node]!, tree.rightChild[node]!];
  const below = (child: number) => expected(tree, child, columns, row, known);
  if (known & (1 << feature)) return below(goesLeft(tree, node, columns[feature]![row]!) ? left : right);
  const count = (child: number) => (child < 0 ? tree.leafCount[~child]! : tree.internalCount[child]!);
  return (count(left) * below(left) + count(right) * below(right)) / (count(left) + count(right));
}
