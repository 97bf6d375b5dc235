import assert from 'node:assert/strict';
import { gainsOf } from '../../../../src/report/monitoring/gains.js';
import { sourceOf } from '../../../../src/report/monitoring/report-source.js';
import { results } from '../../../support/documents.js';

describe('what a look at the highest scores finds', () => {
  const source = sourceOf(results('fail'));
  // Thresholds rise; of 100 rows, 4 of them positive, the highest score alone is one, and 9 of the next 10 are none.
  const sweep = { threshold: [0, 0.5, 0.9], tp: [4, 2, 1], fp: [96, 9, 0], fn: [0, 2, 3], tn: [0, 87, 96] };
  const made = { ...source, confusion: { tp: 2, fp: 9, fn: 2, tn: 87 }, curves: { sweep }, baselineCurves: null };
  const shown = () => gainsOf(made)!.rows.map(({ cells }) => cells.map(({ text }) => text).join(' '));

  it('is told for each share of rows: no more of them than that are flagged at its threshold', () =>
    assert.deepEqual(shown(), [
      '1\u00a0% 1 1 0.250 – 1.000',
      '5\u00a0% 1 1 0.250 – 1.000',
      '10\u00a0% 1 1 0.250 – 1.000',
      '20\u00a0% 11 2 0.500 – 0.182',
      '50\u00a0% 11 2 0.500 – 0.182',
    ]));

  it('stands beside the recall at the baseline, and says why where that is not known', () => {
    assert.equal(gainsOf(made)!.rows[0]!.cells[4]!.reason, 'the baseline does not record it');
    const same = gainsOf({ ...made, baselineCurves: made.curves })!;
    assert.deepEqual(
      same.rows.map(({ cells }) => cells[4]!.sort),
      same.rows.map(({ cells }) => cells[3]!.sort),
    );
  });

  it('is not there without positives, without a sweep, or where a number is predicted', () => {
    assert.equal(gainsOf({ ...made, confusion: { tp: 0, fp: 1, fn: 0, tn: 9 } }), null);
    assert.equal(gainsOf({ ...made, curves: {} }), null);
    assert.equal(gainsOf(sourceOf(results('regression'))), null);
  });
});
