import assert from 'node:assert/strict';
import { figureText, textBeside } from '../../../src/gates/figure-text.js';

describe('a figure for people', () => {
  for (const [value, text] of [
    [0, '0'],
    [0.12345, '0.123'],
    [-12.345, '-12.3'],
    [0.0001, '0.0001'],
    [0.00009999, '1.00e-4'],
    [0.0000123456, '1.23e-5'],
    [-0.0000123456, '-1.23e-5'],
    [999.4, '999'],
    [1000, '1,000'],
    [-1234567.8, '-1,234,568'],
    [NaN, 'not a number'],
    [Infinity, 'infinite'],
    [-Infinity, 'minus infinite'],
  ] as const)
    it(`${value} is "${text}"`, () => assert.equal(figureText(value), text));

  it('has as many digits beside its limit as tell them apart, and no more', () => {
    assert.equal(textBeside(0.5, 0.7), '0.5');
    assert.equal(textBeside(0.69996, 0.7), '0.69996');
    assert.equal(textBeside(0.123456, 0.123456), '0.123', 'the same number needs no telling apart');
    assert.equal(textBeside(0.1 + 0.2, 0.3), '0.30000000000000004');
  });
});
