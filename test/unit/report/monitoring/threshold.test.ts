import assert from 'node:assert/strict';
import { subjectOf } from '../../../../src/report/monitoring/report-source.js';
import { confusionFigures } from '../../../../src/models/metrics/binary-figures.js';
import { knownFigures } from '../../../../src/project/known-figures.js';
import { movesWithThreshold, rateOfConfusion } from '../../../../src/report/monitoring/rate-of-confusion.js';
import { prSummary } from '../../../../src/report/monitoring/pr.js';
import { rocSummary } from '../../../../src/report/monitoring/roc.js';
import { atThreshold, confusionAt, sweepOf } from '../../../../src/report/monitoring/threshold.js';
import { reportOf } from '../../../../src/report/monitoring/report.js';
import { isAbsent, type GateView, type SweepView } from '../../../../src/report/view.js';
import { plain, results } from '../../../support/documents.js';

const subject = subjectOf(results('fail'));
const sweep = sweepOf(subject) as SweepView;
const gates = reportOf(results('fail'), plain).gates as GateView[];
const lowest = 0;

describe('threshold that can be moved', () => {
  it('starts where the recorded confusion matrix is', () => {
    assert.deepEqual(confusionAt(sweep, sweep.recorded), subject.confusion);
  });

  it('gives back the recorded answers at the recorded threshold', () => {
    for (const moved of atThreshold(sweep, sweep.recorded, gates).gates) {
      const recorded = gates.find(({ id }) => id === moved.id)!;
      assert.deepEqual([moved.status, moved.value.text], [recorded.status, recorded.value.text], moved.id);
    }
  });

  it('finds everything at the lowest threshold, at the price of false alarms', () => {
    const at = atThreshold(sweep, lowest, gates);
    const recall = at.gates.find(({ id }) => id === 'recall');
    assert.deepEqual([recall?.status, recall?.value.text, recall?.why], ['pass', '1.000', 'recorded 0.625']);
    assert.equal(at.gates.find(({ id }) => id === 'false-positives')?.status, 'fail');
    assert.deepEqual(
      at.cells.filter(({ blamed }) => blamed).map(({ cell }) => cell),
      ['fp'],
    );
  });

  it('says the figures at that threshold in the place of the answer, and where it lies on the curves', () => {
    const { metrics } = reportOf(results('fail'), plain);
    const at = atThreshold(sweep, lowest, gates, metrics);
    const { tp, fp, fn, tn } = confusionAt(sweep, lowest);
    assert.match(at.whatIf.headline, /^What if the threshold were .*: recall 1\.000, precision /);
    assert.match(at.whatIf.summary, new RegExp(`find ${tp} of ${tp + fn} positives .* rate gates? would fail`));
    assert.deepEqual(at.points.roc, { x: fp / (fp + tn), y: 1 });
    assert.deepEqual([at.points.pr?.recall, at.points.pr?.precision], [1, tp / (tp + fp)]);
    assert.equal(at.gates.find(({ id }) => id === 'recall')?.evidence?.label, '0 missed');
    assert.equal(at.gates.find(({ id }) => id === 'recall')?.evidence?.action, null);
    const moving = metrics.filter(({ id }) => movesWithThreshold(id));
    assert.ok(moving.length > 0);
    for (const { id, value, interval } of at.metrics) {
      const figure = rateOfConfusion(id, { tp, fp, fn, tn }).value;
      assert.equal(value.value, figure, id);
      assert.match(interval, /^recorded /);
    }
    assert.equal(at.metrics.length, moving.length);
  });

  it('counts the soft gates that would fail, and says the curves at the moved point', () => {
    const { gates: views, soft, gatesNote, pr, roc } = reportOf(results('fail'), plain);
    assert.ok(soft && gatesNote && pr && !isAbsent(pr) && roc && !isAbsent(roc));
    assert.equal(atThreshold(sweep, sweep.recorded, views as GateView[], [], soft).soft, gatesNote);
    const hard = (views as GateView[]).map((gate) => ({ ...gate, level: 'hard' as const }));
    const only = hard.map((gate) => (gate.id === 'recall' ? { ...gate, level: 'soft' as const } : gate));
    const one = { fail: 1, of: 1 };
    assert.match(atThreshold(sweep, sweep.recorded, only, [], one).soft!, /^Soft gates: 1 of 1 failed/);
    const at = atThreshold(sweep, lowest, only, [], one);
    assert.match(at.soft!, /^Soft gates: 0 of 1 failed/);
    assert.match(prSummary(pr, at.points.pr), /^Precision at recall 1\.000: /);
    assert.match(rocSummary(roc.series, 'What if', at.points.roc), /What if: recall 1\.000 at false positive rate/);
  });

  it('leaves alone what does not follow from the matrix, slices too', () =>
    assert.deepEqual(
      atThreshold(sweep, lowest, gates).gates.map(({ id }) => id),
      ['recall', 'false-positives', 'precision'],
    ));

  it('keeps too few rows too few', () => {
    const few = reportOf(results('inconclusive'), plain).gates as GateView[];
    const at = atThreshold(sweepOf(subjectOf(results('inconclusive'))) as SweepView, 0, few);
    assert.equal(at.gates.find(({ id }) => id === 'recall')?.status, 'inconclusive');
  });

  it('cannot be moved without a sweep, and says so', () => {
    const part = sweepOf({ ...subject, curves: null });
    assert.ok(part && isAbsent(part));
    assert.match(part.absent, /cannot be moved/);
  });
});

describe('rates of a confusion matrix', () => {
  const confusion = { tp: 15, fp: 3733, fn: 9, tn: 5030 };
  const expected = {
    recall: 15 / 24,
    precision: 15 / 3748,
    f1: 30 / (30 + 3733 + 9),
    fpr: 3733 / 8763,
    fnr: 9 / 24,
    specificity: 5030 / 8763,
    npv: 5030 / 5039,
    accuracy: 5045 / 8787,
    f0_5: (1.25 * 15) / (1.25 * 15 + 0.25 * 9 + 3733),
    f2: (5 * 15) / (5 * 15 + 4 * 9 + 3733),
    balanced_accuracy: (15 / 24 + 5030 / 8763) / 2,
    mcc: (15 * 5030 - 3733 * 9) / Math.sqrt(3748 * 24 * 8763 * 5039),
    kappa: (2 * (15 * 5030 - 3733 * 9)) / (3748 * 8763 + 5039 * 24),
    false_positives: 3733,
    false_negatives: 9,
  };
  for (const [name, wanted] of Object.entries(expected)) {
    it(`computes ${name}`, () => {
      const { value } = rateOfConfusion(name, confusion);
      assert.ok(Math.abs(value! - wanted) < 1e-12, `${value} is not ${wanted}`);
    });
  }

  it('moves every figure that follows from the matrix alone, agreement beyond chance too, and no other', () => {
    const moving = Object.keys(knownFigures).filter(movesWithThreshold);
    const computed = [...Object.keys(confusionFigures), 'false_positives', 'false_negatives'];
    assert.deepEqual(moving.sort(), computed.sort());
    assert.deepEqual(
      ['mcc', 'balanced_accuracy'].filter((name) => !moving.includes(name)),
      [],
    );
    assert.deepEqual(['roc_auc', 'brier', 'rmse'].filter(movesWithThreshold), []);
  });

  it('computes nothing over nothing', () => {
    const none = { tp: 0, fp: 0, fn: 0, tn: 5 };
    assert.deepEqual(rateOfConfusion('recall', none), { value: null, n: 0 });
    assert.equal(rateOfConfusion('precision', none).value, null);
  });
});
