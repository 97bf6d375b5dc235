import assert from 'node:assert/strict';
import { sourceOf } from '../../../../src/report/monitoring/report-source.js';
import { confusionFigures } from '../../../../src/models/metrics/binary-figures.js';
import { knownFigures } from '../../../../src/project/rules/known-figures.js';
import { movesWithThreshold, rateOfConfusion } from '../../../../src/report/monitoring/rate-of-confusion.js';
import type { GateView } from '../../../../src/report/blocks/gates-block.js';
import { confusionAt, sweepOf, withoutSweep } from '../../../../src/report/monitoring/threshold.js';
import { whatIfAt, type WhatIf } from '../../../../src/report/monitoring/what-if.js';
import { reportOf } from '../../../../src/report/monitoring/report.js';
import type { ReportView, Section } from '../../../../src/report/view.js';
import { blocksOf, gatesOf, plain, results, section } from '../../../support/documents.js';

const source = sourceOf(results('fail'));
const sweep = sweepOf(source)!;
const view = reportOf(results('fail'), plain);
const gates = gatesOf(view);
const lowest = 0;

const movedGates = ({ blocks }: WhatIf) => section(blocks, 'gates').gates.filter(({ rate }) => rate !== null);

describe('threshold that can be moved', () => {
  it('starts where the recorded confusion matrix is', () => {
    assert.deepEqual(confusionAt(sweep, sweep.recorded), source.confusion);
  });

  it('gives back the recorded answers at the recorded threshold', () => {
    for (const moved of movedGates(whatIfAt(view.sections, sweep, sweep.recorded))) {
      const recorded = gates.find(({ id }) => id === moved.id)!;
      assert.deepEqual([moved.status, moved.value.text], [recorded.status, recorded.value.text], moved.id);
      assert.equal(moved.whatIf, false);
    }
  });

  it('finds everything at the lowest threshold, at the price of false alarms', () => {
    const at = whatIfAt(view.sections, sweep, lowest);
    const recall = movedGates(at).find(({ id }) => id === 'recall');
    assert.deepEqual([recall?.status, recall?.value.text, recall?.why], ['pass', '1.000', 'recorded 0.625']);
    assert.equal(movedGates(at).find(({ id }) => id === 'false-positives')?.status, 'fail');
    const matrix = section(at.blocks, 'matrix');
    assert.deepEqual(
      matrix.cells.filter(({ blamed }) => blamed).map(({ cell }) => cell),
      ['fp'],
    );
    assert.deepEqual([matrix.opens, matrix.title], [false, `Confusion at threshold ${at.threshold.text}`]);
  });

  it('says the figures at that threshold in the place of the answer, and where it lies on the curves', () => {
    const at = whatIfAt(view.sections, sweep, lowest);
    const { tp, fp, fn, tn } = confusionAt(sweep, lowest);
    assert.match(at.banner.headline, /^What if the threshold were .*: recall 1\.000, precision /);
    assert.match(at.banner.summary, new RegExp(`find ${tp} of ${tp + fn} positives .* rate gates? would fail`));
    const pointOn = (id: string) => section(at.blocks, 'chart', id).series.find(({ role }) => role === 'now');
    assert.deepEqual([pointOn('roc')?.x, pointOn('roc')?.y], [[fp / (fp + tn)], [1]]);
    assert.deepEqual([pointOn('pr')?.x, pointOn('pr')?.y], [[1], [tp / (tp + fp)]]);
    assert.match(pointOn('pr')!.name, /^what if: recall 1\.000, precision /);
    const recall = movedGates(at).find(({ id }) => id === 'recall');
    assert.equal(recall?.evidence?.label, '0 missed');
    assert.equal(recall?.evidence?.action, null);
    const recorded = section(blocksOf(view), 'tiles').tiles;
    const moving = section(at.blocks, 'tiles').tiles.filter(({ whatIf }) => whatIf);
    assert.deepEqual(
      moving.map(({ id }) => id),
      recorded.map(({ id }) => id).filter(movesWithThreshold),
    );
    assert.ok(moving.length > 0);
    for (const { id, value, note } of moving) {
      const figure = rateOfConfusion(id, { tp, fp, fn, tn }).value;
      assert.equal(value.value, figure, id);
      assert.match(note, /^recorded /);
    }
  });

  it('counts the soft gates that would fail, and says the curves at the moved point', () => {
    const note = (sections: Section[], position: number) =>
      section(whatIfAt(sections, sweep, position).blocks, 'gates').note;
    assert.equal(note(view.sections, sweep.recorded), section(blocksOf(view), 'gates').note);
    const level = (gate: GateView) => (gate.id === 'recall' ? ('soft' as const) : ('hard' as const));
    const only = view.sections.map(({ place, block }) => ({
      place,
      block:
        block.type === 'gates'
          ? {
              ...block,
              gates: block.gates.map((gate) => ({ ...gate, level: level(gate) })),
              soft: { fail: 1, of: 1 },
            }
          : block,
    }));
    assert.match(note(only, sweep.recorded)!, /^Soft gates: 1 of 1 failed/);
    assert.match(note(only, lowest)!, /^Soft gates: 0 of 1 failed/);
    const { blocks } = whatIfAt(view.sections, sweep, lowest);
    assert.match(section(blocks, 'chart', 'pr').summary, /^Precision at recall 1\.000: /);
    assert.match(section(blocks, 'chart', 'roc').summary, /What if: recall 1\.000 at false positive rate/);
  });

  it('leaves alone what does not follow from the matrix, slices too', () => {
    const at = whatIfAt(view.sections, sweep, lowest);
    assert.deepEqual(
      movedGates(at).map(({ id }) => id),
      ['recall', 'false-positives', 'precision'],
    );
    const still = section(at.blocks, 'gates').gates.filter(({ rate }) => rate === null);
    assert.deepEqual(
      still,
      gates.filter(({ rate }) => rate === null),
    );
    assert.equal(section(at.blocks, 'table', 'drift'), section(blocksOf(view), 'table', 'drift'));
  });

  it('keeps too few rows too few', () => {
    const few: ReportView = reportOf(results('inconclusive'), plain);
    const at = whatIfAt(few.sections, sweepOf(sourceOf(results('inconclusive')))!, 0);
    assert.equal(movedGates(at).find(({ id }) => id === 'recall')?.status, 'inconclusive');
  });

  it('cannot be moved without a sweep, and says so', () => {
    assert.equal(sweepOf({ ...source, curves: null }), null);
    assert.match(withoutSweep({ ...source, curves: null })!.absent, /cannot be moved/);
    assert.equal(withoutSweep(source), null);
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
