import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../../src/common/errors.js';
import { classFigure, readClassFigure } from '../../../src/project/rules/class-figure.js';
import { parseRule } from '../../../src/project/rules/rule.js';
import { figureInWords, limitInWords, operatorInWords, ruleText } from '../../../src/project/rules/rule-words.js';

describe('reading a rule', () => {
  it('takes a figure, an operator and a number apart', () => {
    assert.deepEqual(parseRule('recall >= 0.70'), {
      figure: 'recall',
      class: null,
      columns: null,
      slice: null,
      operator: '>=',
      limit: { kind: 'absolute', value: 0.7, text: '0.70' },
    });
  });

  it('takes a multiple of the baseline, with or without blanks', () => {
    const limit = { kind: 'relative', factor: 1.25, to: 'baseline', text: '1.25' };
    for (const text of ['fpr <= 1.25 * baseline', 'fpr<=1.25*baseline', '  fpr  <=  1.25  *  baseline  ']) {
      assert.deepEqual(parseRule(text).limit, limit);
    }
    assert.equal(parseRule('recall >= 1 * current').limit.kind, 'relative');
  });

  it('takes columns, patterns and slices', () => {
    assert.deepEqual(parseRule('null_pct(*) <= 5').columns, ['*']);
    assert.deepEqual(parseRule('z_mean(smart_*, age) <= 2').columns, ['smart_*', 'age']);
    assert.equal(parseRule('recall[model=ST4000 DM] >= 0.5').slice, 'model=ST4000 DM');
    const both = parseRule('z_mean(age)[site=north] < 2e-1');
    assert.deepEqual([both.columns, both.slice, both.operator], [['age'], 'site=north', '<']);
    assert.deepEqual(both.limit, { kind: 'absolute', value: 0.2, text: '2e-1' });
  });

  it('takes one of several classes, in quotes where it is no plain word, and writes it so again', () => {
    assert.equal(parseRule('recall{comp1} >= 0.6').class, 'comp1');
    const classes = [
      'comp1',
      'no failure',
      '01',
      'a,b',
      'Größe',
      '{x}',
      'say "no"',
      '',
      ' a',
      'null',
      '-1',
      'line\nbreak',
    ];
    for (const name of classes) {
      const text = `${classFigure('recall', name)} >= 0.6`;
      assert.equal(parseRule(text).class, name);
      assert.equal(ruleText(parseRule(text)), text);
      assert.deepEqual(readClassFigure(classFigure('recall', name)), { figure: 'recall', class: name });
    }
    const sliced = parseRule('recall{"no failure"}[site=north] >= 0.9 * baseline');
    assert.deepEqual([sliced.class, sliced.slice, sliced.limit.kind], ['no failure', 'site=north', 'relative']);
    assert.equal(figureInWords(sliced), 'recall of class no failure where site=north');
    assert.throws(
      () => parseRule('recall{no failure} >= 0.6'),
      /position 11: found "failure", expected "}", with quotes/,
    );
    assert.throws(() => parseRule('recall{} >= 0.6'), /found "}", expected a class such as comp1/);
  });

  it('takes slices by range, and writes them in one way', () => {
    const slices = ['age=[40,52)', 'age = [ 40 , 52 ]', 'age<40', 'age >= 6.1e1', 'site=(missing)', ' site = north '];
    assert.deepEqual(
      slices.map((slice) => parseRule(`recall[${slice}] >= 0.5`).slice),
      ['age=[40, 52)', 'age=[40, 52]', 'age<40', 'age>=61', 'site=(missing)', 'site=north'],
    );
  });

  const wrong: [string, string][] = [
    ['', 'position 1: found the end of the rule, expected the name of a figure'],
    ['>= 0.7', 'position 1: found ">=", expected the name of a figure'],
    ['recall', 'position 7: found the end of the rule, expected "(", "[" or one of >=, <=, >, <, ==, !='],
    ['recall => 0.7', 'position 8: found "=>", expected "(", "[" or one of >=, <=, >, <, ==, !='],
    ['recall >= high', 'position 11: found "high", expected a number'],
    ['recall >= 0.7 %', 'position 15: found "%", expected "*" or the end of the rule'],
    ['recall >= 0.9 * basline', 'position 17: found "basline", expected "baseline" or "current"'],
    ['recall >= 0.9 * baseline please', 'position 26: found "please", expected the end of the rule'],
    ['recall >= 0 * baseline', 'position 11: found 0, expected a factor above 0'],
    ['null_pct() <= 5', 'position 10: found ")", expected a column or a pattern such as "*"'],
    ['null_pct(* <= 5', 'position 12: found "<=", expected "," or ")"'],
    ['recall[] >= 1', 'position 8: found "]", expected a slice such as "model=A", "age=[40, 52)" or "age>=61"'],
    ['recall[site] >= 1', 'position 8: found site, expected a slice such as "model=A", "age=[40, 52)" or "age>=61"'],
    [
      'recall[age=[52, 40)] >= 1',
      'position 8: found age=[52, 40), expected a slice such as "model=A", "age=[40, 52)" or "age>=61"',
    ],
    ['recall[a=b >= 1', 'position 16: found the end of the rule, expected "]"'],
  ];
  for (const [text, message] of wrong) {
    it(`says what is wrong with "${text}"`, () => {
      assert.throws(() => parseRule(text), new InputError(`rule "${text}", ${message}`));
    });
  }

  it('writes a rule as it reads it', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,6}$/);
    const number = fc.double({ min: 1e-3, max: 1e6, noNaN: true }).map(String);
    const slices = fc.constantFrom('', '[site=a b]', '[age=[1.5, 20)]', '[age<3]', '[age>=-4]', '[site=(missing)]');
    const columns = fc.oneof(fc.constant(''), fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => `(${names.join(', ')})`)); // prettier-ignore
    const against = fc.constantFrom('', ' * baseline', ' * current');
    const sign = fc.constantFrom('>=', '<=', '>', '<', '==', '!=');
    fc.assert(
      fc.property(name, columns, slices, sign, number, against, (...[figure, of, where, operator, value, to]) => {
        const text = `${figure}${of}${where} ${operator} ${value}${to}`;
        assert.equal(ruleText(parseRule(text)), text);
      }),
    );
  });

  it('says a rule in words', () => {
    const words = [
      'recall >= 0.70',
      'fpr <= 1.25 * baseline',
      'r2 > 1 * current',
      'null_pct(*) <= 5',
      'recall[a=b] >= 0.5',
    ];
    assert.deepEqual(
      words
        .map(parseRule)
        .map((rule) => [figureInWords(rule), operatorInWords(rule.operator), limitInWords(rule.limit)].join(' | ')),
      [
        'recall | at least | 0.70',
        'false positive rate | at most | 1.25 × the baseline',
        "R² | more than | 1 × the current model's",
        'share of nulls of every column | at most | 5',
        'recall where a=b | at least | 0.5',
      ],
    );
  });
});
