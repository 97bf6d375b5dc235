import assert from 'node:assert/strict';
import { applyPreprocessing } from '../../../../src/models/preprocessing/apply.js';
import { fitAndApply, fitPreprocessing } from '../../../../src/models/preprocessing/fit.js';
import { momentOf } from '../../../../src/models/preprocessing/moments.js';
import { oddValues } from '../../../../src/models/bundle/odd-values.js';
import { origins } from '../../../../src/models/preprocessing/origins.js';
import { joinMatrices } from '../../../../src/models/table/join.js';
import type { Matrix } from '../../../../src/models/table/matrix.js';
import { codesOf, textsOf } from '../../../../src/models/table/texts.js';
import { assertClose } from '../support/close.js';

const table = (columns: Record<string, (string | null)[]>): Matrix => {
  const coded = Object.entries(columns).map(([name, texts]) => [name, codesOf(texts)] as const);
  return {
    columns: Object.keys(columns),
    values: coded.map(([, { values }]) => values),
    rows: coded[0]![1].values.length,
    categories: Object.fromEntries(coded.map(([name, { words }]) => [name, words])),
  };
};
const towns = table({ town: ['a', 'a', 'b', 'c', 'c', 'c', 'b', 'd'] });
const later = table({ town: ['c', 'z', null, 'a'] });
const column = (matrix: Matrix, name: string) => [...matrix.values[matrix.columns.indexOf(name)]!];

describe('raw columns become numbers', () => {
  // scikit-learn 1.9.1: TargetEncoder(smooth=10).fit(X, y).encodings_
  it("by the smoothed mean of the target, as scikit-learn's TargetEncoder", () => {
    const y = Float64Array.of(1.5, 2, 0.25, 4, 3.5, 5, 1, 7.75);
    const [step] = fitPreprocessing([{ step: 'target', columns: ['town'] }], towns, y);
    assert.ok(step?.step === 'target');
    const found = step.columns.town!;
    assert.deepEqual(found.categories, ['a', 'b', 'c', 'd']);
    assertClose(
      found.values.flat(),
      [2.8958333333333335, 2.7083333333333335, 3.3653846153846154, 3.5454545454545454],
      1e-12,
    );
    assertClose(
      column(applyPreprocessing([step], later), 'town'),
      [3.3653846153846154, 3.125, 3.125, 2.8958333333333335],
      1e-12,
    );
  });

  it('by one share a class where the target is a class', () => {
    const y = Float64Array.of(0, 1, 2, 2, 2, 0, 1, 0);
    const steps = fitPreprocessing([{ step: 'target', columns: ['town'], classes: 3 }], towns, y);
    const encoded = applyPreprocessing(steps, later);
    assert.deepEqual(encoded.columns, ['town_0', 'town_1', 'town_2']);
    assertClose(column(encoded, 'town_2'), [0.4423076923076923, 0.375, 0.375, 0.3125], 1e-12);
    assert.deepEqual(origins(steps, encoded.columns), ['town', 'town', 'town']);
  });

  it('without a training row seeing its own target', () => {
    // Each town stands in one row: what others taught is the mean of the others, whatever the row itself says.
    const alone = table({ town: Array.from({ length: 20 }, (_, row) => `t${row}`) });
    const y = Float64Array.from({ length: 20 }, (_, row) => row % 2);
    const { matrix, steps } = fitAndApply([{ step: 'target', columns: ['town'] }], alone, y);
    const own = column(matrix, 'town');
    const correlation = own.reduce((sum, value, row) => sum + (value - 0.5) * (y[row]! - 0.5), 0);
    assert.ok(correlation <= 0, `the encoding follows the target: ${correlation}`);
    const seen = column(applyPreprocessing(steps, alone), 'town');
    assert.ok(seen.every((value, row) => (y[row] === 1 ? value > 0.5 : value < 0.5)));
  });

  it('without a training row seeing the target of another row of the same thing', () => {
    // Each thing stands in four rows of one town of its own, all with the same target: what the town taught is that target.
    const rows = 40;
    const groups = Int32Array.from({ length: rows }, (_, row) => row >> 2);
    const alone = table({ town: Array.from(groups, (group) => `t${group}`) });
    const y = Float64Array.from(groups, (group) => group % 2);
    const spec = [{ step: 'target' as const, columns: ['town'] }];
    const follows = (found: readonly number[]) =>
      found.reduce((sum, value, row) => sum + (value - 0.5) * (y[row]! - 0.5), 0);
    assert.ok(follows(column(fitAndApply(spec, alone, y).matrix, 'town')) > 1, 'by rows it leaks');
    const by = follows(column(fitAndApply(spec, alone, y, groups).matrix, 'town'));
    assert.ok(by <= 0, `the encoding follows the target: ${by}`);
    const two = fitAndApply(
      spec,
      alone,
      y,
      groups.map((group) => Number(group > 4)),
    );
    assert.equal(two.matrix.rows, rows, 'fewer things than parts');
  });

  it('takes a missing value for a category of its own where the target or shares are learned', () => {
    const gaps = table({ town: ['a', null, null, 'b'] });
    const target = fitPreprocessing([{ step: 'target', columns: ['town'] }], gaps, Float64Array.of(0, 9, 9, 0));
    assertClose(column(applyPreprocessing(target, gaps), 'town').slice(1, 2), [(18 + 45) / 12], 1e-12);
    const shares = fitPreprocessing([{ step: 'frequency', columns: ['town'] }], gaps);
    assert.deepEqual(column(applyPreprocessing(shares, table({ town: ['a', null, 'z'] })), 'town'), [0.25, 0.5, 0]);
  });

  it('by the parts of a date and its age, and leaves what is no date missing', () => {
    const dates = table({ signup: ['2025-03-07', '2025-03-09 10:30:00', null] });
    const steps = fitPreprocessing(
      [{ step: 'date', columns: { signup: { parts: ['year', 'month', 'day', 'weekday', 'hour', 'age'] } } }],
      dates,
    );
    const found = applyPreprocessing(steps, table({ signup: ['2025-03-07', 'soon', '2025-03-09T12:30:00+02:00'] }));
    assert.deepEqual(
      found.values.map((values) => [...values]),
      [
        [2025, NaN, 2025],
        [3, NaN, 3],
        [7, NaN, 9],
        [4, NaN, 6],
        [0, NaN, 10],
        [2.4375, NaN, 0],
      ],
    );
    assert.deepEqual([...new Set(origins(steps, found.columns))], ['signup']);
  });

  it('comes to the same after being stored', () => {
    const y = Float64Array.of(1, 0, 0, 1, 1, 1, 0, 1);
    const specs = [{ step: 'target' as const, columns: ['town'] }];
    const steps = fitPreprocessing(specs, towns, y);
    const again = JSON.parse(JSON.stringify(steps)) as typeof steps;
    assert.deepEqual(applyPreprocessing(again, later), applyPreprocessing(steps, later));
  });
});

describe('a date', () => {
  for (const [text, expected] of [
    ['2025-03-07', Date.UTC(2025, 2, 7)],
    ['2025-03-07 10:00:00', Date.UTC(2025, 2, 7, 10)],
    ['2025-03-07T10:00:00.25Z', Date.UTC(2025, 2, 7, 10, 0, 0, 250)],
    ['2025-03-07 10:00:00+00', Date.UTC(2025, 2, 7, 10)],
    ['2025-03-07T01:00:00+02:00', Date.UTC(2025, 2, 6, 23)],
    ['0099-01-01', Date.parse('0099-01-01T00:00:00Z')],
    ['2025-02-29', NaN],
    ['2025-13-01', NaN],
    ['07/03/2025', NaN],
    ['20250307', NaN],
    ['10:00', NaN],
  ] as const)
    it(`${text} is ${Number.isNaN(expected) ? 'none' : new Date(expected).toISOString()}`, () =>
      assert.equal(momentOf(text), expected));
});

describe('values that training never had', () => {
  it('are counted by raw column, apart from those that are missing', () => {
    const rows = table({ plan: ['basic', 'gold', null], town: ['x', 'a', 'a'], signup: ['2025-01-01', 'soon', null] });
    const train = table({ plan: ['basic'], town: ['a'], signup: ['2025-01-01'] });
    const preprocessing = fitPreprocessing(
      [
        { step: 'one-hot', columns: ['plan'] },
        { step: 'frequency', columns: ['town'] },
        { step: 'date', columns: { signup: { parts: ['year'] } } },
      ],
      train,
    );
    const inputs = rows.columns.map((name) => ({ name, type: 'category' as const }));
    assert.deepEqual(oddValues({ inputs, preprocessing }, rows), {
      unseen: { plan: 1, town: 1, signup: 1 },
      missing: { plan: 1, signup: 1 },
    });
  });
});

describe('tables put below each other', () => {
  it('keep the words of their categories, whatever codes each had', () => {
    const joined = joinMatrices([table({ town: ['b', 'c'] }), table({ town: ['a', null, 'c'] })]);
    assert.deepEqual(textsOf(joined, 'town'), ['b', 'c', 'a', null, 'c']);
  });
});
