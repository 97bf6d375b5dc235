import assert from 'node:assert/strict';
import { histogramOf, sharesOf, statisticsOf } from '../../../src/drift/statistics.js';

const of = (...values: number[]) => statisticsOf(Float64Array.from(values), Float64Array.from(values));

describe('statistics of columns', () => {
  it('agree with numpy and pandas: std by n-1, quartiles by linear interpolation, missing apart', () => {
    // pandas: Series([1, 2, 4, 8, 16, None]).describe()
    assert.deepEqual(of(1, 2, 4, 8, 16, NaN), {
      mean: 6.2,
      std: 6.099180272790763,
      min: 1,
      max: 16,
      median: 4,
      q1: 2,
      q3: 8,
      null_pct: 100 / 6,
      count: 5,
    });
    const even = of(1, 2, 4, 8);
    assert.deepEqual([even.q1, even.median, even.q3], [1.75, 3, 5]);
  });

  it('are null where there is nothing to compute them from', () => {
    const nothing = { mean: null, std: null, min: null, max: null, median: null, q1: null, q3: null };
    assert.deepEqual(of(NaN, NaN), { ...nothing, null_pct: 100, count: 0 });
    assert.deepEqual([of().null_pct, of().count], [null, 0]);
    assert.deepEqual([of(7).mean, of(7).std], [7, null]);
    assert.equal(histogramOf(Float64Array.of(NaN)), null);
  });

  it('draw 20 equal bins; what lies outside is in the outer ones, so that shares add up to 1', () => {
    const drawn = histogramOf(Float64Array.from({ length: 201 }, (_, at) => at))!;
    assert.equal(drawn.edges.length, 21);
    assert.ok(Math.abs(drawn.shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-12);
    assert.deepEqual(sharesOf(Float64Array.of(-5, 0, 1, 2, 99, NaN), [0, 1, 2]), [2 / 5, 3 / 5]);
    assert.deepEqual(sharesOf(Float64Array.of(), [0, 1, 2]), [0, 0]);
  });
});
