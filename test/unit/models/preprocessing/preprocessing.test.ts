import assert from 'node:assert/strict';
import { applyPreprocessing } from '../../../../src/models/preprocessing/apply.js';
import { fitPreprocessing } from '../../../../src/models/preprocessing/fit.js';
import type { Matrix } from '../../../../src/models/table/matrix.js';
import { assertClose } from '../support/close.js';

const train: Matrix = {
  columns: ['age', 'income', 'town'],
  values: [Float64Array.of(20, NaN, 40, 60), Float64Array.of(5, 5, 5, 5), Float64Array.of(0, 1, -1, 1)],
  rows: 4,
  categories: { town: ['Rome', 'Oslo'] },
};

describe('preprocessing', () => {
  it('fills with the mean, the median or a constant learned from training', () => {
    const mean = fitPreprocessing([{ step: 'impute', strategy: 'mean' }], train);
    assert.deepEqual(mean, [{ step: 'impute', values: { age: 40, income: 5 } }]);
    const median = fitPreprocessing([{ step: 'impute', strategy: 'median', columns: ['age'] }], train);
    assert.deepEqual([...applyPreprocessing(median, train).values[0]!], [20, 40, 40, 60]);
    const constant = fitPreprocessing(
      [{ step: 'impute', strategy: 'constant', values: { age: 0, town: 'nowhere' } }],
      train,
    );
    const filled = applyPreprocessing(constant, train);
    assert.deepEqual([...filled.values[0]!], [20, 0, 40, 60]);
    assert.deepEqual([...filled.values[2]!], [0, 1, 2, 1]);
    assert.deepEqual(filled.categories!.town, ['Rome', 'Oslo', 'nowhere']);
  });

  it('scales with the deviation over n, and a constant column by 1', () => {
    const [scale] = fitPreprocessing([{ step: 'scale' }], train);
    assert.ok(scale?.step === 'scale');
    assertClose([scale.mean.age!, scale.scale.age!], [40, Math.sqrt(800 / 3)], 1e-15);
    assert.equal(scale.scale.income, 1);
    const scaled = applyPreprocessing([scale], train);
    assert.equal(scaled.values[0]![1], NaN);
    assert.deepEqual([...scaled.values[1]!], [0, 0, 0, 0]);
  });

  it('learns each step from what the steps before it leave', () => {
    const steps = fitPreprocessing(
      [
        { step: 'impute', strategy: 'constant', values: { age: 0 } },
        { step: 'scale', columns: ['age'] },
      ],
      train,
    );
    assert.ok(steps[1]?.step === 'scale');
    assert.equal(steps[1].mean.age, 30);
  });

  it('makes a column of each category seen in training; unknown and missing ones are 0 everywhere', () => {
    const steps = fitPreprocessing([{ step: 'one-hot' }], train);
    const other: Matrix = {
      ...train,
      values: [train.values[0]!, train.values[1]!, Float64Array.of(0, 1, 2, NaN)],
      categories: { town: ['Oslo', 'Paris', 'Rome'] },
    };
    const encoded = applyPreprocessing(steps, other);
    assert.deepEqual(encoded.columns, ['age', 'income', 'town_Oslo', 'town_Rome']);
    assert.deepEqual([...encoded.values[2]!], [1, 0, 0, 0]);
    assert.deepEqual([...encoded.values[3]!], [0, 0, 1, 0]);
  });

  it('numbers categories by a given order; unknown ones are missing', () => {
    const steps = fitPreprocessing([{ step: 'ordinal', categories: { town: ['Oslo', 'Rome'] } }], train);
    assert.deepEqual([...applyPreprocessing(steps, train).values[2]!], [1, 0, NaN, 0]);
    const paris = { ...train, categories: { town: ['Paris', 'Oslo'] } };
    assert.deepEqual([...applyPreprocessing(steps, paris).values[2]!], [NaN, 0, NaN, 0]);
  });

  it('is plain JSON and leaves the table as it was', () => {
    const steps = fitPreprocessing(
      [{ step: 'impute', strategy: 'mean' }, { step: 'scale' }, { step: 'one-hot' }],
      train,
    );
    const before = structuredClone(train);
    const again = JSON.parse(JSON.stringify(steps)) as typeof steps;
    assert.deepEqual(applyPreprocessing(again, train), applyPreprocessing(steps, train));
    assert.deepEqual(train, before);
  });

  it('hurts nothing where a column is empty', () => {
    const empty: Matrix = { columns: ['e'], values: [Float64Array.of(NaN, NaN)], rows: 2 };
    const steps = fitPreprocessing([{ step: 'impute', strategy: 'median' }, { step: 'scale' }], empty);
    assert.deepEqual([...applyPreprocessing(steps, empty).values[0]!], [0, 0]);
  });

  it('names a column that is missing or of the wrong type', () => {
    const scale = fitPreprocessing([{ step: 'scale', columns: ['age'] }], train);
    const narrow = { columns: ['income'], values: [train.values[1]!], rows: 4 };
    assert.throws(() => applyPreprocessing(scale, narrow), /column "age" is missing; found income/);
    assert.throws(() => fitPreprocessing([{ step: 'one-hot', columns: ['age'] }], train), /"age" holds numbers/);
    assert.throws(() => fitPreprocessing([{ step: 'scale', columns: ['town'] }], train), /"town" holds categories/);
  });
});
