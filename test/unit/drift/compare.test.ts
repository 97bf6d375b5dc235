import assert from 'node:assert/strict';
import { compareColumn, concludeColumns } from '../../../src/drift/compare.js';
import { concluded, ownColumn } from '../../../src/drift/profiles/own.js';
import { numbers } from '../../support/generated.js';
import { category, numeric } from './samples-of.js';

const own = { profile: 'default' } as const;
const [before, same, moved] = [
  numeric(numbers(1, 400, 0, 1)),
  numeric(numbers(2, 400, 0, 1)),
  numeric(numbers(3, 400, 1, 1)),
];

describe('our own verdict on a column', () => {
  it('takes a test and three distances, and leaves the answer to all columns together', () => {
    const found = ownColumn(before, moved);
    assert.deepEqual([found.method, found.drifted, found.threshold, found.statistic], ['consensus', null, 2 / 3, 1]);
    assert.deepEqual(
      found.measures!.map(({ method, statistic, p_value }) => [method, statistic !== null, p_value !== null]),
      [
        ['ks', true, true],
        ['psi', true, false],
        ['jensen_shannon', true, false],
        ['wasserstein', true, false],
      ],
    );
    assert.equal(found.p_value, found.measures![0]!.p_value);
    assert.equal(ownColumn(before, same).statistic, 0);
    const letters = category([...'a'.repeat(60)]);
    assert.deepEqual(
      ownColumn(letters, letters).measures!.map(({ method, statistic, p_value }) => [
        method,
        statistic,
        p_value === null,
      ]),
      [
        ['chi_square', null, false],
        ['psi', 0, true],
        ['jensen_shannon', 0, true],
        ['total_variation', 0, true],
      ],
    );
  });

  it('is inconclusive below 30 values in either table, and says how many there are', () => {
    const [few, enough] = [numeric(numbers(1, 29, 0, 1)), numeric(numbers(1, 30, 0, 1))];
    const reason = '29 values, expected at least 30 in both tables';
    for (const [one, other] of [
      [few, enough],
      [enough, few],
    ] as const) {
      assert.deepEqual(ownColumn(one, other), {
        ...{ method: 'consensus', statistic: null, p_value: null, threshold: 2 / 3, drifted: null, reason },
      });
      assert.deepEqual([ownColumn(one, other, 'ks').method, ownColumn(one, other, 'ks').reason], ['ks', reason]);
    }
    assert.equal(ownColumn(enough, enough).reason, undefined);
    assert.equal(ownColumn(few, few, 'null_rate').reason, undefined, 'what is missing needs no values');
  });

  const figures = (statistic: number, psi: number | null = 0) => ({
    ...{ method: 'consensus', statistic, p_value: 0.01, threshold: 2 / 3, drifted: null },
    measures: [{ method: 'psi', statistic: psi, p_value: null, threshold: 0.1 }],
  });

  it('needs two of three distances and a corrected probability that is no chance', () => {
    const drifted = (statistic: number, p: number) => concluded(figures(statistic), p).drifted;
    assert.deepEqual([drifted(2 / 3, 0.049), drifted(1 / 3, 0.049), drifted(2 / 3, 0.05)], [true, false, false]);
  });

  it('is major above an index of a quarter, and none without drift', () => {
    const severity = (psi: number | null, p = 0.01) => concluded(figures(1, psi), p).severity;
    assert.deepEqual(
      [severity(0.26), severity(0.25), severity(null), severity(0.9, 0.5)],
      ['major', 'moderate', 'moderate', 'none'],
    );
  });

  it('of one test goes by its corrected probability, and stays what it is where there is none', () => {
    const one = { method: 'ks', statistic: null, p_value: 0.01, threshold: 0.05, drifted: true };
    assert.deepEqual([concluded(one, 0.049).drifted, concluded(one, 0.05).drifted], [true, false]);
    const distance = { ...one, method: 'psi', statistic: 0.5, p_value: null };
    assert.equal(concluded(distance, null), distance);
    const undecided = { ...one, drifted: null, reason: 'too few' };
    assert.equal(concluded(undecided, 0.01), undecided);
  });

  it('of a method for other columns is none', () => {
    const letters = category([...'ab'.repeat(30)]);
    assert.deepEqual(ownColumn(letters, letters, 'ks'), {
      ...{ method: 'ks', statistic: null, p_value: null, threshold: 0.05, drifted: null },
      ...{ reason: 'it is for numbers', suited: false },
    });
    const wrong = ownColumn(before, same, 'chi_square');
    assert.deepEqual([wrong.reason, wrong.suited], ['it is for categories', false]);
  });

  it('of one method alone is its figure against its threshold', () => {
    const test = ownColumn(before, moved, 'ks');
    assert.deepEqual([test.statistic, test.drifted, test.p_value! < 0.05], [null, true, true]);
    assert.equal(ownColumn(before, same, 'ks').drifted, false);
    const distance = ownColumn(before, moved, 'psi');
    assert.deepEqual(
      [distance.p_value, distance.drifted, distance.statistic! > distance.threshold!],
      [null, true, true],
    );
    assert.equal(ownColumn(before, same, 'psi').drifted, false);
  });
});

describe('comparing a column', () => {
  it('tells its type: prose only where more than half of many values are different', () => {
    const typeOf = (words: string[], profile: 'default' | 'sagemaker' = 'default') =>
      compareColumn('x', category(words), category(words), { profile }).type;
    const distinct = (n: number) => Array.from({ length: n }, (_, at) => `w${at}`);
    assert.equal(typeOf(distinct(51)), 'text');
    assert.equal(typeOf(distinct(50)), 'categorical', 'fifty are few');
    assert.equal(typeOf([...distinct(51), ...distinct(51)]), 'categorical', 'one half is not more than half');
    assert.equal(typeOf([...distinct(51), ...distinct(50)]), 'text');
    assert.equal(typeOf(distinct(51), 'sagemaker'), 'categorical');
    const codes = { ...category(distinct(60)), text: false };
    assert.equal(compareColumn('x', codes, codes, own).type, 'categorical', 'codes are no prose');
    assert.equal(compareColumn('x', before, same, own).type, 'numerical');
  });

  it('does not judge prose by itself, and does by the method asked for', () => {
    const prose = category(Array.from({ length: 60 }, (_, at) => `sentence ${at}`));
    const found = compareColumn('x', prose, prose, own);
    assert.deepEqual(
      [found.method, found.drifted, found.histogram, found.new_categories, found.reason],
      ['none', null, null, undefined, 'almost every value is different, so that there are no categories to compare'],
    );
    assert.equal(compareColumn('x', prose, prose, { ...own, method: 'psi' }).drifted, false);
  });

  it('does not compare numbers with text, whichever came first', () => {
    const letters = category([...'ab'.repeat(30)]);
    const [one, other] = [
      compareColumn('x', before, letters, own),
      compareColumn('x', letters, before, { ...own, method: 'psi' }),
    ];
    assert.deepEqual([one.method, one.reason], ['none', 'it holds numbers in the reference and text now']);
    assert.deepEqual([other.method, other.reason], ['psi', 'it holds text in the reference and numbers now']);
    assert.equal(one.new_categories, undefined);
  });

  it('names the categories that are new and those that are gone, fifty at most', () => {
    const found = compareColumn('x', category([...'aabb']), category([...'bbcd']), own);
    assert.deepEqual([found.new_categories, found.missing_categories], [['c', 'd'], ['a']]);
    const many = Array.from({ length: 51 }, (_, at) => `n${at}`);
    const words = [...many, ...many, ...many];
    assert.equal(compareColumn('x', category([...'aabb']), category(words), own).new_categories!.length, 50);
    assert.deepEqual(compareColumn('x', before, same, own).new_categories, undefined);
  });

  it('concludes from all columns in our own profile alone, and writes the corrected probability down', () => {
    const settings = { ...own, method: 'ks' };
    const columns = [moved, same].map((after) => compareColumn('x', before, after, settings));
    const found = concludeColumns(columns, settings);
    assert.equal(found[0]!.p_adjusted, Math.min(1, columns[0]!.p_value! * 2));
    assert.deepEqual(
      found.map(({ drifted }) => drifted),
      [true, false],
    );
    const theirs = concludeColumns(columns, { profile: 'evidently' });
    assert.deepEqual(theirs, columns);
    const [distance] = concludeColumns([compareColumn('x', before, moved, { ...own, method: 'psi' })], {
      ...own,
      method: 'psi',
    });
    assert.equal('p_adjusted' in distance!, false);
  });

  it('hears values that went missing, unless one method was asked for', () => {
    const gaps = { ...same, missing: 100 };
    const drifted = (settings: { profile: 'default'; method?: string }) =>
      concludeColumns([compareColumn('x', before, gaps, settings)], settings)[0]!.drifted;
    assert.deepEqual([drifted(own), drifted({ ...own, method: 'ks' })], [true, false]);
  });
});
