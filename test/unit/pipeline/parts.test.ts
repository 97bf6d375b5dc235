import assert from 'node:assert/strict';
import { filterPart, joinParts, selectColumns, type Part } from '../../../src/pipeline/evaluating/parts.js';

const part = (ids: string[], values: number[], target: number[]): Part => ({
  matrix: {
    columns: ['x', 'y'],
    values: [Float64Array.from(values), Float64Array.from(values, (v) => -v)],
    rows: ids.length,
  },
  target: Float64Array.from(target),
  recordIds: ids,
  entities: ids,
  unlabelled: 1,
  window: { from: null, to: null },
});

describe('parts of a feature group', () => {
  it('keep rows, labels and ids together when filtered', () => {
    const kept = filterPart(part(['a', 'b', 'c'], [1, 2, 3], [0, 1, 0]), (row) => row !== 0);
    assert.deepEqual(kept.recordIds, ['b', 'c']);
    assert.deepEqual([...kept.matrix.values[0]!], [2, 3]);
    assert.deepEqual([...kept.target], [1, 0]);
    assert.equal(kept.matrix.rows, 2);
  });

  it('stand one below the other when joined, and add up what has no label', () => {
    const joined = joinParts([part(['a'], [1], [0]), part(['b', 'c'], [2, 3], [1, 0])]);
    assert.deepEqual(joined.entities, ['a', 'b', 'c']);
    assert.deepEqual([...joined.matrix.values[1]!], [-1, -2, -3]);
    assert.equal(joined.matrix.rows, 3);
    assert.equal(joined.unlabelled, 2);
  });

  it("give a model its columns in the model's own order", () => {
    const { columns, values } = selectColumns(part(['a'], [4], [0]).matrix, ['y', 'x']);
    assert.deepEqual(columns, ['y', 'x']);
    assert.deepEqual([values[0]![0], values[1]![0]], [-4, 4]);
  });
});
