import assert from 'node:assert/strict';
import { leaksOf } from '../../../../src/models/metrics/leaks.js';
import { codesOf } from '../../../../src/models/table/texts.js';
import { lcgNumbers } from '../support/golden.js';

describe('columns that may hold what is to be predicted', () => {
  const u = lcgNumbers(5);
  const noise = Array.from({ length: 300 }, () => u());
  const target = Float64Array.from(noise, (value, row) => Number((value + (row % 10) / 10) / 2 > 0.5));
  const told = codesOf(Array.from(target, (label) => (label === 1 ? 'paid' : 'open')));
  const matrix = {
    columns: ['honest', 'score', 'refunded', 'state'],
    values: [
      Float64Array.from(noise, (value) => value),
      target.map((label, row) => -label + noise[row]! * 0.9),
      target.map((label) => (label === 1 ? 20240301 : NaN)),
      told.values,
    ],
    rows: 300,
    categories: { state: told.words },
  };

  it('are those that tell the classes apart alone, or are missing exactly in one of them', () => {
    assert.deepEqual(
      leaksOf(matrix, target, 'binary').map(({ column, why }) => `${column}: ${why.split(/[(:]/)[0]!.trim()}`),
      [
        'score: it alone tells the classes apart',
        'refunded: it is missing exactly where the target is 0',
        'state: it alone tells the classes apart',
      ],
    );
  });

  it('of several classes are those that tell all of them apart, or are missing exactly in one; not what knows one class', () => {
    const kinds = Float64Array.from({ length: 300 }, (_, row) => row % 3);
    const words = codesOf(Array.from(kinds, (kind) => ['wrong part', 'late', 'fine'][kind]!));
    const found = leaksOf(
      {
        columns: ['noise', 'is late', 'code', 'remark', 'paid'],
        values: [
          Float64Array.from(noise),
          kinds.map((kind, row) => (kind === 1 ? 5 : 0) + noise[row]!),
          kinds.map((kind) => [7, 3, 5][kind]!),
          words.values,
          kinds.map((kind) => (kind === 2 ? NaN : 1)),
        ],
        rows: 300,
        categories: { remark: words.words },
      },
      kinds,
      'multiclass',
    );
    assert.deepEqual(
      found.map(({ column }) => column),
      ['code', 'remark', 'paid'],
    );
  });

  it('are those that are nearly a multiple of a number, and no honest one', () => {
    const price = Float64Array.from(noise, (value) => 100 * value + 3);
    const table = {
      columns: ['cents', 'size'],
      values: [price.map((value) => value * 100 + u()), price.map((value) => value + 40 * u())],
      rows: 300,
    };
    const found = leaksOf(table, price, 'regression');
    assert.deepEqual(
      found.map(({ column }) => column),
      ['cents'],
    );
  });

  it('cannot be told from few rows', () =>
    assert.deepEqual(leaksOf({ ...matrix, rows: 20 }, target.subarray(0, 20), 'binary'), []));
});
