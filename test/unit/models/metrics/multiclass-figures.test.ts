import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { classRateIntervals, multiclassIntervals } from '../../../../src/models/metrics/class-bootstrap.js';
import { multiclassEvaluation } from '../../../../src/models/metrics/multiclass-evaluation.js';
import { classFigures, multiclassFigures } from '../../../../src/models/metrics/multiclass-figures.js';
import { classFigure } from '../../../../src/project/rules/class-figure.js';
import { classFiguresOf, figuresOf } from '../../../../src/project/rules/known-figures.js';

interface Recorded {
  classes: string[];
  labels: number[];
  probabilities: number[][];
  figures: Record<string, unknown> & { per_class: Record<string, unknown>[]; confusion: number[][] };
}
const file = resolve('test', 'fixtures', 'multiclass-figures', 'figures.json');
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Record<string, Recorded> };

/** scikit-learn has 0 where nothing can be divided; here that is null, and has a reason. */
function assertFigure(name: string, found: number | null, expected: unknown): void {
  if (found === null)
    assert.ok(expected === null || expected === 0, `${name}: found null, expected ${String(expected)}`);
  else assert.ok(Math.abs(found - Number(expected)) <= 1e-12, `${name}: found ${found}, expected ${String(expected)}`);
}

describe('figures of several classes', () => {
  for (const [name, recorded] of Object.entries(cases))
    it(`are scikit-learn's to 1e-12, of the whole and of each class: ${name}`, () => {
      const found = multiclassEvaluation(recorded);
      assert.deepEqual(found.confusion, recorded.figures.confusion);
      for (const figure of Object.keys(multiclassFigures) as (keyof typeof multiclassFigures)[])
        assertFigure(figure, found[figure], recorded.figures[figure]);
      for (const [place, expected] of recorded.figures.per_class.entries()) {
        assert.equal(found.per_class[place]!.support, expected.support);
        for (const figure of Object.keys(classFigures) as (keyof typeof classFigures)[])
          assertFigure(classFigure(figure, String(expected.class)), found.per_class[place]![figure], expected[figure]);
      }
    });

  it('are null with a reason for a class without rows, by the name that a rule gives them', () => {
    const { reasons } = multiclassEvaluation(cases['a class without rows']!);
    assert.equal(reasons['recall{z}'], 'no row is of this class');
    assert.equal(reasons['roc_auc{z}'], 'no row is of class z');
    assert.equal(reasons['recall{x}'], undefined);
  });

  it('count a class that the model does not know as missed, and have no loss then', () => {
    const found = multiclassEvaluation({
      classes: ['a', 'b', 'new'],
      labels: [0, 1, 2, 2],
      probabilities: [
        [0.9, 0.2, 0.6, 0.3],
        [0.1, 0.8, 0.4, 0.7],
      ],
    });
    assert.equal(found.accuracy, 0.5);
    assert.deepEqual(found.per_class[2], {
      class: 'new',
      support: 2,
      precision: null,
      recall: 0,
      f1: 0,
      roc_auc: null,
    });
    assert.equal(found.reasons.log_loss, 'the model does not know the class new');
    assert.equal(found.reasons.roc_auc_ovr, 'the model does not know the class new');
  });

  it('have intervals around them: Wilson of rates, DeLong of averaged areas, a bootstrap of the others', () => {
    const rows = cases['rare classes and ties']!;
    const found = multiclassEvaluation(rows);
    const intervals = { ...multiclassIntervals(rows, found).intervals, ...classRateIntervals(found) };
    const values: Record<string, number | null> = { ...(found as unknown as Record<string, number | null>) };
    for (const one of found.per_class)
      for (const figure of ['precision', 'recall', 'f1', 'roc_auc'] as const)
        values[classFigure(figure, one.class)] = one[figure];
    const named = ['accuracy', 'macro_f1', 'balanced_accuracy', 'weighted_f1', 'log_loss', 'recall{comp1}'];
    for (const name of [...named, 'recall{"no failure"}', 'roc_auc{comp1}', 'f1{comp1}', 'mcc', 'kappa']) {
      const [low, high] = intervals[name]!;
      assert.ok(low < high && low <= values[name]! && values[name]! <= high, `${name}: ${low} ${values[name]} ${high}`);
    }
    assert.deepEqual(multiclassIntervals(rows, found).intervals, multiclassIntervals(rows, found).intervals);
    const even = multiclassEvaluation(cases.balanced!);
    for (const name of ['roc_auc_ovr', 'roc_auc_ovr_weighted'] as const) {
      const [low, high] = multiclassIntervals(cases.balanced!, even).intervals[name]!;
      assert.ok(low < even[name]! && even[name]! < high, name);
    }
  });

  it('are all known to rules by the same names', () => {
    assert.deepEqual(Object.keys(multiclassFigures).sort(), figuresOf('multiclass', 'model').sort());
    assert.deepEqual(Object.keys(classFigures).sort(), classFiguresOf('multiclass').sort());
  });
});
