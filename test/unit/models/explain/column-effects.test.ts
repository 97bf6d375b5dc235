import assert from 'node:assert/strict';
import { partialDependence } from '../../../../src/models/explain/partial-dependence.js';
import { permutationImportance } from '../../../../src/models/explain/permutation-importance.js';
import { binaryEvaluation } from '../../../../src/models/metrics/binary-evaluation.js';
import { predict } from '../../../../src/models/predict.js';
import { trainTrees } from '../../../../src/models/trees/train/train-trees.js';
import { assertClose } from '../support/close.js';
import { madeUp } from '../support/made-up.js';

describe('permutation importance', () => {
  it('finds what the model uses, the same for the same seed', async () => {
    const training = madeUp(800);
    const model = await trainTrees(training, undefined, { objective: 'binary', num_boost_round: 20 });
    const auc = (matrix: typeof training.matrix) =>
      binaryEvaluation(training.target, predict(model, matrix)[0]!, 0.5).roc_auc!;
    const found = permutationImportance(auc, training.matrix);
    assert.deepEqual(
      found.map(({ column }) => column),
      training.matrix.columns,
    );
    assert.ok(found[0]!.mean > 0.2 && found[0]!.mean > found[1]!.mean);
    assert.equal(found[3]!.mean, 0);
    assert.deepEqual(permutationImportance(auc, training.matrix), found);
    assert.notDeepEqual(permutationImportance(auc, training.matrix, 5, 1), found);
  });
});

describe('partial dependence', () => {
  const matrix = {
    columns: ['x', 'town'],
    values: [
      Float64Array.from({ length: 201 }, (_, row) => row),
      Float64Array.from({ length: 201 }, (_, row) => row % 2),
    ],
    rows: 201,
    categories: { town: ['a', 'b'] },
  };

  it('follows the mean prediction along a column', () => {
    const line = (table: typeof matrix) => table.values[0]!.map((x, row) => 2 * x + table.values[1]![row]!);
    const along = partialDependence((table) => line(table as typeof matrix), matrix, 'x', 10);
    assert.equal(along.values.length, 10);
    assertClose([along.values[0] as number, along.values[9] as number], [10, 190], 1e-12);
    assertClose(
      along.means,
      along.values.map((x) => 2 * (x as number) + 100 / 201),
      1e-12,
    );
  });

  it('takes every category by its name', () => {
    const towns = partialDependence((table) => table.values[1]!, matrix, 'town');
    assert.deepEqual(towns.values, ['a', 'b']);
    assert.deepEqual(towns.means, [0, 1]);
  });
});
