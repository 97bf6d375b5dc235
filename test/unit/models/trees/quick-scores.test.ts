import assert from 'node:assert/strict';
import { treePredictions } from '../../../../src/models/trees/predict-trees.js';
import { quickScorer } from '../../../../src/models/trees/quick-scores.js';
import { smallTableScorer } from '../../../../src/models/trees/small-tables.js';
import { trainTrees } from '../../../../src/models/trees/train/train-trees.js';
import type { TreeModel } from '../../../../src/models/trees/tree-model.js';
import { threadCrew } from '../../../../src/pipeline/workers/crew.js';
import { lcgNumbers } from '../support/golden.js';

const rows = 700;

/** Numbers with gaps, zeros, and what LightGBM takes for zero. */
function table(seed: number, count = rows) {
  const u = lcgNumbers(seed);
  const value = () => {
    const dice = u();
    return dice < 0.1 ? NaN : dice < 0.2 ? 0 : dice < 0.25 ? 1e-40 : u() * 4 - 2;
  };
  const values = ['a', 'b', 'c'].map(() => Float64Array.from({ length: count }, value));
  return { columns: ['a', 'b', 'c'], values, rows: count };
}

async function modelOf(objective: Record<string, unknown>, classes: number): Promise<TreeModel> {
  const matrix = table(1);
  const [a, b] = matrix.values as [Float64Array, Float64Array];
  const target = a.map((value, row) =>
    Number.isNaN(value) ? 0 : Math.abs(Math.round(value + (b[row]! || 0))) % classes,
  );
  const parameters = { num_iterations: 9, num_leaves: 13, min_data_in_leaf: 5, ...objective };
  return trainTrees({ matrix, target }, undefined, parameters);
}

describe('many rows predicted by the kernel', () => {
  const binary = { objective: 'binary' };
  for (const [name, objective, classes] of [
    ['a probability', binary, 2],
    ['a value', { objective: 'regression' }, 5],
    ['several classes', { objective: 'multiclass', num_class: 3 }, 3],
  ] as const)
    for (const threads of [1, 3])
      it(`gives ${name} as the trees themselves do, to the last bit, with ${threads} threads`, async () => {
        const model = await modelOf(objective, classes);
        const scorer = await quickScorer(model, rows, threads > 1 ? threadCrew(threads) : undefined);
        assert.ok(scorer);
        // Fewer rows after more: nothing of the last ones may stay.
        for (const count of [rows, 1, 130]) {
          const matrix = table(count, count);
          assert.deepEqual(scorer.predict(matrix), treePredictions(model, matrix));
        }
        scorer.close();
      });

  it('leaves models with categories, linear leaves or a zero that is missing to the general way', async () => {
    const model = await modelOf(binary, 2);
    assert.equal(await quickScorer({ ...model, pandasCategorical: [['x']] }, rows), undefined);
    const zero = await modelOf({ ...binary, zero_as_missing: true }, 2);
    assert.equal(await quickScorer(zero, rows), undefined);
    const linear = { ...model.trees[0]!, linear: { constant: [], features: [], coefficients: [] } };
    assert.equal(await quickScorer({ ...model, trees: [linear as never] }, rows), undefined);
  });
});

describe('few rows, as a request has them', () => {
  for (const [name, objective, classes] of [
    ['a probability', { objective: 'binary' }, 2],
    ['a value', { objective: 'regression' }, 5],
    ['several classes', { objective: 'multiclass', num_class: 3 }, 3],
    ['a zero that is missing', { objective: 'binary', zero_as_missing: true }, 2],
    ['several trees a round', { objective: 'multiclassova', num_class: 3 }, 3],
  ] as const)
    it(`give ${name} as the trees themselves do, to the last bit, whether one, some or very many are asked`, async () => {
      const model = await modelOf(objective, classes);
      const predict = smallTableScorer(model);
      for (const count of [1, 2, 3, 4, 100, 1, 1024, 1025, 3]) {
        const matrix = table(count, count);
        const shuffled = {
          ...{ rows: count, columns: ['c', 'x', 'a', 'b'] },
          values: [matrix.values[2]!, new Float64Array(count), matrix.values[0]!, matrix.values[1]!],
        };
        const expected = treePredictions(model, matrix);
        assert.deepEqual(predict(matrix), expected);
        assert.deepEqual(predict(shuffled), expected);
      }
    });
});
