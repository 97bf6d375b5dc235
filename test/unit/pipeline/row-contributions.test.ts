import assert from 'node:assert/strict';
import type { Bundle } from '../../../src/models/bundle/bundle.js';
import { marginScores } from '../../../src/models/bundle/score.js';
import { rowContributions } from '../../../src/models/explain/row-contributions.js';

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

  it('is told of the score of the predicted class where there is one score a class, and adds up to it', () => {
    const model = {
      ...linear.model,
      link: 'softmax' as const,
      coefficients: [
        [0.5, 1, -2],
        [-0.5, 0, 1],
        [0, 2, 0],
      ],
      intercepts: [-0.25, 0.5, 0],
    } as Bundle['model'];
    const several: Bundle = { ...linear, task: 'multiclass', threshold: null, classes: ['low', 'mid', 'high'], model };
    const rows = [
      { age: 70, site: 'b' },
      { age: 20, site: 'a' },
    ];
    const table = {
      columns: ['age', 'site'],
      values: [Float64Array.of(70, 20), Float64Array.of(1, 0)],
      rows: 2,
      categories: { site: ['a', 'b'] },
    };
    const margins = marginScores(several, table);
    const told = rowContributions(several, rows, ['mid', 'high']);
    assert.deepEqual(
      told.map(({ unit }) => unit),
      ['log odds of mid', 'log odds of high'],
    );
    for (const [row, place] of [1, 2].entries()) {
      const { base, steps } = told[row]!;
      const sum = steps.reduce((total, { change }) => total + change, base);
      assert.ok(Math.abs(sum - margins[place]![row]!) < 1e-12);
    }
  });

  it('turns round for the first of two classes that share one score', () => {
    const two: Bundle = { ...linear, task: 'multiclass', threshold: null, classes: ['no', 'yes'] };
    const [no, yes] = ['no', 'yes'].map((name) => rowContributions(two, [{ age: 70, site: 'b' }], [name])[0]!);
    assert.equal(yes!.base, -0.25);
    assert.equal(no!.base, 0.25);
    assert.deepEqual(
      no!.steps.map(({ change }) => change),
      yes!.steps.map(({ change }) => -change),
    );
  });
});
