import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { judgeScored } from '../../../../src/pipeline/evaluating/evaluate.js';
import { onlyPrediction } from '../../../../src/pipeline/evaluating/one-class.js';
import { mostProbable } from '../../../../src/models/metrics/class-scores.js';
import { classCurveCharts } from '../../../../src/report/evaluation/class-curves.js';

interface Recorded {
  classes: string[];
  labels: number[];
  probabilities: number[][];
  figures: { per_class: { class: string; roc_auc: number | null }[] };
}
const file = resolve('test', 'fixtures', 'multiclass-figures', 'figures.json');
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Record<string, Recorded> };

const judged = ({ classes, labels, probabilities }: Pick<Recorded, 'classes' | 'labels' | 'probabilities'>) =>
  judgeScored('multiclass', { target: Float64Array.from(labels), classes, unlabelled: 0 } as never, {
    scores: Float64Array.from(mostProbable(probabilities, labels.length)),
    threshold: null,
    several: { classes, probabilities: probabilities.map((column) => Float64Array.from(column)) },
  });

const area = (x: number[], y: number[]) =>
  x.slice(1).reduce((sum, right, at) => sum + ((right - x[at]!) * (y[at]! + y[at + 1]!)) / 2, 0);

describe('curves of several classes, each against the rest', () => {
  const few = Object.entries(cases).filter(([, { labels, probabilities }]) => labels.length < 400 && probabilities);
  it('are there for every case of scikit-learn', () => assert.ok(few.length > 0));

  for (const [name, recorded] of few)
    it(`have the areas that scikit-learn gives, to 1e-12, and stand on the page: ${name}`, () => {
      const { curves, figures } = judged(recorded);
      for (const { class: one, roc } of curves!.classes!) {
        const expected = recorded.figures.per_class.find((figure) => figure.class === one)!.roc_auc!;
        assert.ok(
          Math.abs(area(roc.fpr, roc.tpr) - expected) <= 1e-12,
          `${one}: ${area(roc.fpr, roc.tpr)} ${expected}`,
        );
      }
      const charts = classCurveCharts(curves!, figures, 'best on test');
      if (curves!.classes!.length === 0) return assert.deepEqual(charts, []);
      assert.deepEqual(
        charts.map(({ id }) => id),
        ['roc', 'pr'],
      );
      assert.equal(charts[0]!.series.length, Math.min(6, curves!.classes!.length));
      assert.match(charts[0]!.title, /^ROC curve, each class against the rest, best on test/);
    });

  it('have precision at each recall by their definition', () => {
    const { curves } = judged({
      classes: ['a', 'b', 'c'],
      labels: [0, 0, 1, 2],
      probabilities: [
        [0.9, 0.3, 0.5, 0.1],
        [0.05, 0.3, 0.4, 0.2],
        [0.05, 0.4, 0.1, 0.7],
      ],
    });
    const { pr } = curves!.classes!.find((one) => one.class === 'a')!;
    // Of a's rows the first comes first, the second third: 1/1, 1/2, 2/3, 2/4.
    assert.deepEqual(pr, { recall: [0.5, 0.5, 1, 1], precision: [1, 1 / 2, 2 / 3, 1 / 2] });
  });
});

describe('a model that predicts one class for every row', () => {
  const several = (predicted: number) => ({
    n: 3,
    classes: ['no failure', 'comp1'],
    confusion: [0, 1].map(() => [0, 1].map((place) => (place === predicted ? 2 : 0))),
    reasons: {},
  });
  it('is named by that class, of two classes and of several; one that tells them apart is not', () => {
    const binary = (confusion: object) => onlyPrediction({ n: 4, confusion, reasons: {} } as never);
    assert.equal(onlyPrediction(several(0) as never), 'no failure');
    assert.equal(onlyPrediction(several(1) as never), 'comp1');
    assert.equal(binary({ tp: 0, fp: 0, fn: 1, tn: 3 }), '0');
    assert.equal(binary({ tp: 1, fp: 3, fn: 0, tn: 0 }), '1');
    assert.equal(binary({ tp: 1, fp: 0, fn: 0, tn: 3 }), null);
    assert.equal(onlyPrediction({ n: 9, rmse: 1, reasons: {} } as never), null);
  });
});
