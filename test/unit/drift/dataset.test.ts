import assert from 'node:assert/strict';
import type { DriftColumn } from '../../../src/documents/drift-report.js';
import { datasetOf } from '../../../src/drift/dataset.js';

const column = (drifted: boolean | null, more: Partial<DriftColumn> = {}): DriftColumn => ({
  ...{ column: 'x', type: 'numerical', method: 'psi', statistic: 0, p_value: null, threshold: 0.1, drifted },
  ...more,
});
const columns = (drifted: number, still: number, open = 0) => [
  ...Array.from({ length: drifted }, () => column(true)),
  ...Array.from({ length: still }, () => column(false)),
  ...Array.from({ length: open }, () => column(null)),
];

describe('whether a table has drifted', () => {
  it('is the share of its columns against the profile’s threshold, which is enough', () => {
    assert.deepEqual(datasetOf(columns(3, 7), 'default'), { drifted: true, share: 0.3, threshold: 0.3 });
    assert.deepEqual(datasetOf(columns(2, 8), 'default'), { drifted: false, share: 0.2, threshold: 0.3 });
    assert.deepEqual(datasetOf(columns(1, 1), 'evidently'), { drifted: true, share: 0.5, threshold: 0.5 });
    assert.deepEqual(datasetOf(columns(4, 6), 'evidently'), { drifted: false, share: 0.4, threshold: 0.5 });
  });

  it('is one column where the profile has no such share', () => {
    for (const profile of ['nannyml', 'sagemaker'] as const) {
      assert.deepEqual(datasetOf(columns(1, 19), profile), { drifted: true, share: 0.05, threshold: null });
      assert.deepEqual(datasetOf(columns(0, 20), profile), { drifted: false, share: 0, threshold: null });
    }
  });

  it('is open where it hangs on columns that could not be compared, and says so', () => {
    assert.deepEqual(datasetOf(columns(2, 6, 2), 'default'), {
      drifted: null,
      share: 0.25,
      threshold: 0.3,
      reason: 'it hangs on columns that could not be compared',
    });
    assert.deepEqual(datasetOf(columns(3, 5, 2), 'default'), { drifted: true, share: 0.375, threshold: 0.3 });
    assert.deepEqual(datasetOf(columns(0, 8, 2), 'default'), { drifted: false, share: 0, threshold: 0.3 });
    assert.equal(datasetOf(columns(0, 1, 1), 'nannyml').drifted, null);
    assert.equal(datasetOf(columns(1, 1, 1), 'nannyml').drifted, true);
  });

  it('is unknown where no column could be compared', () => {
    const nothing = { drifted: null, share: null, threshold: 0.5, reason: 'no column could be compared' };
    assert.deepEqual(datasetOf(columns(0, 0, 2), 'evidently'), nothing);
    assert.deepEqual(datasetOf([], 'evidently'), nothing);
  });

  it('leaves out text and dates, unless they drifted by what is missing in them', () => {
    const text = (drifted: boolean | null) => column(drifted, { type: 'text' });
    assert.equal(datasetOf([column(false), text(null)], 'default').drifted, false);
    assert.equal(datasetOf([column(false), text(false)], 'default').share, 0);
    assert.equal(datasetOf([column(false), text(true)], 'default').share, 0.5);
    assert.equal(datasetOf([column(true), column(false, { type: 'categorical' })], 'default').share, 0.5);
  });

  it('leaves out columns that the method is not for', () => {
    const unsuited = column(null, { suited: false });
    assert.deepEqual(datasetOf([column(true), column(false), column(false), unsuited], 'evidently'), {
      drifted: false,
      share: 1 / 3,
      threshold: 0.5,
    });
  });

  it('weighs columns by their importance, in our own profile alone and only where it is known', () => {
    const weighed = [column(true, { importance: 0.25 }), column(false, { importance: 0.75 }), column(true)];
    assert.deepEqual(datasetOf(weighed, 'default'), { drifted: false, share: 0.25, threshold: 0.3, weighted: true });
    assert.deepEqual(datasetOf(weighed, 'evidently'), { drifted: true, share: 2 / 3, threshold: 0.5 });
    const none = [column(true, { importance: 0 }), column(false, { importance: 0 })];
    assert.deepEqual(datasetOf(none, 'default'), { drifted: true, share: 0.5, threshold: 0.3 });
  });
});
