import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  quantileEdges,
  rangeSlices,
  rowsOfSlice,
  sliceNames,
  valueSlices,
  type SliceColumn,
} from '../../../../src/models/metrics/slices.js';
import { parseRule } from '../../../../src/project/rules/rule.js';
import { readSlice, sliceName } from '../../../../src/project/rules/slice.js';

const texts = (...text: (string | null)[]): SliceColumn => ({ name: 'site', text, numbers: null });
const numbers = (...values: number[]): SliceColumn => ({
  name: 'age',
  text: values.map((value) => (Number.isNaN(value) ? null : String(value))),
  numbers: values,
});

describe('slices of rows', () => {
  it('are one a value, and one for rows without', () => {
    const column = texts('b', 'a', null, 'a', '');
    const { slices, left } = valueSlices(column);
    assert.deepEqual(
      slices.map((slice) => [sliceName(slice), [...rowsOfSlice(slice, column)]]),
      [
        ['site=a', [1, 3]],
        ['site=b', [0]],
        ['site=(missing)', [2, 4]],
      ],
    );
    assert.equal(left, 0);
  });

  it('are the most frequent values of a column of many', () => {
    const { slices, left } = valueSlices(texts('a', 'b', 'b', 'c', 'c', 'c'), 2);
    assert.deepEqual([slices.map(sliceName), left], [['site=b', 'site=c'], 1]);
  });

  it('cut numbers into ranges of which every number lies in one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true }), { minLength: 1 }),
        fc.integer({ min: 2, max: 20 }),
        (values, parts) => {
          const column = numbers(...values, NaN);
          const slices = rangeSlices(column, quantileEdges(values, parts));
          const seen = slices.flatMap((slice) => [...rowsOfSlice(slice, column)]);
          assert.deepEqual(
            seen.sort((a, b) => a - b),
            values.map((_, row) => row).concat(values.length),
          );
        },
      ),
    );
  });

  it('are called in one line by what reads as the same slice again, whatever their values and columns are', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'binary' }),
        fc.string({ minLength: 1, unit: 'binary' }),
        (column, value) => {
          const slice = { column, is: { value } };
          assert.deepEqual(readSlice(sliceName(slice)), slice);
          assert.doesNotMatch(sliceName(slice), /\n/);
          assert.equal(parseRule(`recall[${sliceName(slice)}] >= 0.5`).slice, sliceName(slice));
        },
      ),
    );
    assert.equal(sliceName({ column: 'a=b', is: { value: ' (missing)' } }), '"a=b"=" (missing)"');
    assert.equal(sliceName({ column: 'site', is: { value: '(missing)' } }), 'site="(missing)"');
  });

  it('are called as a rule can name them', () => {
    const names = rangeSlices(numbers(20, 40, 60, NaN), [30, 52.5]).map((slice) => sliceNames(slice).slice);
    assert.deepEqual(names, ['age<30', 'age=[30, 52.5)', 'age>=52.5', 'age=(missing)']);
    for (const name of names) assert.equal(sliceName(readSlice(name)!), name);
  });

  it('of a range mean no row where a column holds no numbers', () => {
    assert.equal(rowsOfSlice(readSlice('site=[1, 2)')!, texts('1', '2')).length, 0);
  });

  it('fall together where quantiles are equal', () => {
    assert.deepEqual(quantileEdges([1, 1, 1, 1, 1, 9], 4), []);
    assert.deepEqual(quantileEdges([], 4), []);
  });
});
