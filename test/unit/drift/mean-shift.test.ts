import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nullPct, zOfBatchMean, zOfMean } from '../../../src/drift/mean-shift.js';

describe('the distance of a mean', () => {
  it('is counted in standard deviations of the baseline, whatever the side', () => {
    assert.deepEqual(zOfMean(13, 10, 2), { value: 1.5 });
    assert.deepEqual(zOfMean(7, 10, 2), { value: 1.5 });
  });

  it('is 0 for a constant that stays, and infinite for one that changes', () => {
    assert.deepEqual(zOfMean(4, 4, 0), { value: 0 });
    assert.deepEqual(zOfMean(4.0001, 4, 0), {
      value: Infinity,
      reason: 'it was always 4 in the baseline, and no longer is',
    });
  });

  it('takes no rounding for a change: the same constant summed over another number of rows', () => {
    const meanOf = (n: number) => Array.from({ length: n }, () => 0.1).reduce((sum, value) => sum + value, 0) / n;
    assert.notEqual(meanOf(1_000_000), meanOf(777));
    assert.deepEqual(zOfMean(meanOf(1_000_000), meanOf(777), 1.4e-17), { value: 0 });
    assert.equal(zOfMean(1_700_000_001, 1_700_000_000, 0.1).value! > 9, true, 'but a small spread is a spread');
  });

  it('is unknown, with a reason, where a mean or a standard deviation is', () => {
    assert.deepEqual(zOfMean(null, 10, 2), { value: null, reason: 'there are no values in this column' });
    assert.deepEqual(zOfMean(10, null, null), { value: null, reason: 'the baseline has no values in this column' });
    assert.deepEqual(zOfMean(11, 10, null), {
      value: null,
      reason: 'the baseline has too few values for a standard deviation',
    });
    assert.deepEqual(zOfMean(10, 10, null), { value: 0 }, 'the same mean is no distance, whatever the spread');
    assert.equal(zOfBatchMean(null, 10, 2, 4).value, null);
    assert.equal(zOfMean(NaN, 10, 2).value, null);
    assert.equal(zOfMean(11, 10, NaN).value, null);
  });

  it('does not change when both samples are moved or stretched', () => {
    const number = fc.integer({ min: -1000, max: 1000 });
    const positive = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(number, number, positive, number, positive, (current, baseline, std, shift, scale) => {
        const moved = zOfMean(current * scale + shift, baseline * scale + shift, std * scale).value!;
        const plain = zOfMean(current, baseline, std).value!;
        assert.ok(Math.abs(moved - plain) <= 1e-12 * Math.max(1, plain));
      }),
    );
  });

  it('of a batch is counted in standard errors, so that it grows with the batch', () => {
    assert.deepEqual(zOfBatchMean(13, 10, 2, 4), { value: 3 });
    assert.deepEqual(zOfBatchMean(13, 10, 2, 0), { value: null, reason: 'there are no rows' });
    assert.equal(zOfBatchMean(4.1, 4, 0, 9).value, Infinity);
  });
});

describe('the share of nulls', () => {
  it('is in percent, and unknown over no rows', () => {
    assert.deepEqual(nullPct(1, 8), { value: 12.5 });
    assert.deepEqual(nullPct(4, 8), { value: 50 });
    assert.deepEqual(nullPct(0, 0), { value: null, reason: 'there are no rows' });
  });
});
