import assert from 'node:assert/strict';
import { evidentlyColumn, evidentlyType } from '../../../src/drift/profiles/evidently.js';
import { categories, numbers } from '../../support/generated.js';
import { near } from './near.js';
import { category, numeric } from './samples-of.js';

const codes = (seed: number, n: number, cuts: number[]) =>
  numeric(Float64Array.from(categories(seed, n, cuts, '0123456'), (letter) => Number(letter)));
const column = (before: Float64Array, after: Float64Array) => evidentlyColumn(numeric(before), numeric(after));

describe("Evidently's default verdict on a column", () => {
  it('takes the normed Wasserstein distance above 1000 values of the reference', () => {
    const result = column(numbers(1, 1500, 0, 1), numbers(2, 900, 0.15, 1.1));
    assert.deepEqual([result.method, result.p_value, result.drifted], ['wasserstein', null, true]);
    near(result.statistic, 0.3484250411021337);
  });

  it('takes the Kolmogorov-Smirnov test up to 1000', () => {
    const result = column(numbers(3, 200, 5, 2), numbers(4, 120, 5.4, 2.5));
    assert.deepEqual([result.method, result.statistic, result.drifted], ['ks', null, true]);
    near(result.p_value, 0.0013258014083152967);
  });

  it('goes by the reference alone, however many rows are compared with it', () => {
    assert.equal(column(numbers(1, 1000, 0, 1), numbers(2, 5000, 0, 1)).method, 'ks');
    assert.equal(column(numbers(1, 1001, 0, 1), numbers(2, 50, 0, 1)).method, 'wasserstein');
  });

  it('takes few distinct numbers as categories', () => {
    const three = [0.3, 0.6, 1];
    assert.equal(evidentlyColumn(codes(1, 400, three), codes(2, 300, three)).method, 'chisquare');
    assert.equal(evidentlyColumn(codes(1, 1400, three), codes(2, 300, three)).method, 'jensenshannon');
    const six = codes(1, 400, [0.2, 0.3, 0.5, 0.7, 0.8, 1]);
    assert.equal(evidentlyColumn(six, codes(2, 300, three)).method, 'ks');
  });

  it('takes two distinct values by the z test', () => {
    const result = evidentlyColumn(codes(21, 600, [0.3, 1]), codes(22, 400, [0.36, 1]));
    assert.deepEqual([result.method, result.drifted], ['z', true]);
    near(result.p_value, 0.005030767034195596);
  });

  it('takes categories by Jensen-Shannon above 1000, by chi-square up to it', () => {
    const before = categories(11, 800, [0.5, 0.8, 0.95, 1], 'abcd');
    const after = categories(12, 500, [0.42, 0.75, 0.93, 0.99, 1], 'abcde');
    const small = evidentlyColumn(category(before), category(after));
    assert.deepEqual(
      [small.method, small.p_value, small.drifted],
      ['chisquare', 0, true],
      'a category that was not there',
    );
    const known = evidentlyColumn(category(before), category(after.filter((letter) => letter !== 'e')));
    near(known.p_value, 0.07293878297853489);
    assert.equal(known.drifted, false);
    assert.equal(evidentlyColumn(category([...before, ...before]), category(after)).method, 'jensenshannon');
  });

  it('goes by how many categories there are in both: two by the z test, more by chi-square', () => {
    const methodOf = (before: string, after: string) =>
      evidentlyColumn(category([...before.repeat(20)]), category([...after.repeat(20)])).method;
    assert.deepEqual([methodOf('ab', 'ba'), methodOf('a', 'ab'), methodOf('a', 'b')], ['z', 'z', 'z']);
    assert.deepEqual(
      [methodOf('ab', 'c'), methodOf('abc', 'a'), methodOf('a', 'bc')],
      ['chisquare', 'chisquare', 'chisquare'],
    );
  });

  it('takes text for categories while half of its values are the same', () => {
    const pairs = Array.from({ length: 40 }, (_, at) => `word ${at % 20}`);
    assert.equal(evidentlyType(category(pairs)), 'categorical');
    assert.equal(evidentlyType(category([...pairs, 'another'])), 'text');
    assert.equal(evidentlyType({ ...category([...pairs, 'another']), text: false }), 'categorical');
  });

  it('takes few whole numbers without gaps as categories, going by the current table', () => {
    const whole = (n: number) => Float64Array.from({ length: 400 }, (_, at) => at % n);
    assert.equal(evidentlyType(numeric(whole(10), true)), 'categorical');
    assert.equal(evidentlyType(numeric(whole(11), true)), 'numerical');
    assert.equal(evidentlyType(numeric(whole(10))), 'numerical', 'fractions by type');
    assert.equal(evidentlyColumn(numeric(whole(30), true), numeric(whole(10), true)).method, 'chisquare');
    assert.equal(evidentlyColumn(numeric(whole(10), true), numeric(whole(30), true)).method, 'ks');
  });

  it('does not judge prose, and says why', () => {
    const prose = category(Array.from({ length: 40 }, (_, at) => `sentence ${at}`));
    const result = evidentlyColumn(prose, prose);
    assert.deepEqual([result.method, result.drifted], ['text_content_drift', null]);
    assert.match(result.reason ?? '', /classifier/);
  });

  it('uses the method asked for where it suits, and says where it does not', () => {
    const [before, after] = [numeric(numbers(1, 1500, 0, 1)), numeric(numbers(2, 900, 0.15, 1.1))];
    near(evidentlyColumn(before, after, 'psi').statistic, 0.15965185772607338);
    near(evidentlyColumn(before, after, 'kl_div').statistic, 0.06524564987539783);
    near(evidentlyColumn(before, after, 't_test').p_value, 1.7251677092910407e-15);
    const wrong = evidentlyColumn(before, after, 'chisquare');
    assert.deepEqual([wrong.drifted, wrong.reason], [null, 'it is for categories']);
    assert.equal(evidentlyColumn(category(['a']), category(['b']), 'ks').reason, 'it is for numbers');
  });

  it('says nothing, with a reason, about a column without values', () => {
    const result = column(numbers(1, 100, 0, 1), Float64Array.of(NaN, Infinity));
    assert.deepEqual([result.drifted, result.p_value], [null, null]);
    assert.match(result.reason ?? '', /no values/);
    assert.equal(evidentlyColumn(category([]), category(['a', 'a', 'a'])).drifted, null);
  });

  it('finds no drift in a constant that stays', () => {
    const constant = new Float64Array(200).fill(4);
    assert.equal(column(constant, constant).drifted, false);
  });
});
