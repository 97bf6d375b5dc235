import assert from 'node:assert/strict';
import type { Bundle } from '../../../src/models/bundle/bundle.js';
import { marginScores } from '../../../src/models/bundle/score.js';
import { rowContributions } from '../../../src/pipeline/rows/contributions.js';

const linear: Bundle = {
  ...{
    kind: 'model-bundle',
    schemaVersion: 1,
    task: 'binary',
    family: 'logistic-regression',
    threshold: 0.5,
    metadata: {},
  },
  inputs: [
    { name: 'age', type: 'number' },
    { name: 'site', type: 'category' },
  ],
  preprocessing: [
    { step: 'impute', values: { age: 50 } },
    { step: 'scale', mean: { age: 50 }, scale: { age: 10 } },
    { step: 'one-hot', categories: { site: ['a', 'b'] } },
  ],
  model: {
    ...{ kind: 'linear', link: 'sigmoid', converged: true, iterations: 1, gradient: 0, parameters: {} },
    featureNames: ['age', 'site_a', 'site_b'],
    coefficients: [[0.5, 1, -2]],
    intercepts: [-0.25],
  },
};

describe('what moved a row’s score', () => {
  it('is told by input, encoded columns added up to the one they come from', () => {
    const [row] = rowContributions(linear, [{ age: 70, site: 'b' }]);
    assert.equal(row!.unit, 'log odds');
    assert.equal(row!.base, -0.25);
    assert.deepEqual(row!.steps, [
      { feature: 'age', value: 70, change: 1 },
      { feature: 'site', value: 'b', change: -2 },
    ]);
  });

  it('adds up to the raw score, also of missing and unknown values', () => {
    const rows = [
      { age: null, site: 'a' },
      { age: 20, site: 'never seen' },
      { age: 33, site: null },
    ];
    const table = {
      columns: ['age', 'site'],
      values: [Float64Array.of(NaN, 20, 33), Float64Array.of(0, 1, NaN)],
      rows: 3,
      categories: { site: ['a', 'never seen'] },
    };
    const margins = marginScores(linear, table)[0]!;
    rowContributions(linear, rows).forEach(({ base, steps }, at) => {
      const sum = steps.reduce((total, { change }) => total + change, base);
      assert.ok(Math.abs(sum - margins[at]!) < 1e-12);
    });
  });

  it('is refused for a model with one score a class', () =>
    assert.throws(
      () => rowContributions({ ...linear, task: 'multiclass' }, [{ age: 1, site: 'a' }]),
      /one score a class/,
    ));
});
