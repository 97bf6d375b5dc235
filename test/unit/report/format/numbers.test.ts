import assert from 'node:assert/strict';
import fc from 'fast-check';
import { commonDecimals, figureOf, formatLimit, formatNumber } from '../../../../src/report/format/numbers.js';

describe('numbers of a report', () => {
  const cases: [number, string][] = [
    [0.625, '0.625'],
    [1, '1.000'],
    [0, '0.000'],
    [0.00402, '0.0040'],
    [14.256, '14.26'],
    [312.44, '312.4'],
    [24513.27, '24,513'],
    [-0.31, '−0.310'],
    [-0.0001, '−0.00010'],
    [4.04e-8, '4.0 × 10⁻⁸'],
    [Infinity, '∞'],
  ];
  for (const [value, text] of cases) {
    it(`shows ${value} as ${text}`, () => assert.equal(formatNumber(value), text));
  }

  it('never shows a negative zero', () => assert.equal(formatNumber(-0.0004, 2), '0.00'));

  it('gives figures of one row equal digits', () => {
    const decimals = commonDecimals([0.0040021, 0.0122, 0.0153]);
    assert.deepEqual(
      [0.0040021, 0.0122].map((value) => formatNumber(value, decimals)),
      ['0.0040', '0.0122'],
    );
  });

  it('keeps a limit as its author wrote it, within the digits of its row', () => {
    assert.equal(formatLimit(0.7, 3), '0.70');
    assert.equal(formatLimit(2, 2), '2.00');
    assert.equal(formatLimit(0.331486, 3), '0.331');
    assert.equal(formatLimit(14073, 0), '14,073');
    assert.equal(formatLimit(26180.4, 0), '26,180');
  });

  it('shows a missing figure as a dash with its reason, never as a number', () => {
    assert.deepEqual(figureOf(null, 'no positives'), { value: null, text: '–', reason: 'no positives' });
    assert.equal(figureOf(undefined).reason, 'not recorded');
    assert.equal(figureOf(NaN, 'one class').text, '–');
  });

  it('keeps the first two digits of any finite number', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-5, max: 1e9, noNaN: true }), (value) => {
        const shown = Number(formatNumber(value).replaceAll(',', ''));
        assert.ok(Math.abs(shown - value) <= 0.051 * value, `${value} is shown as ${shown}`);
      }),
    );
  });
});
