import assert from 'node:assert/strict';
import type { GateResult } from '../../../../src/documents/gates/verdict.js';
import { sourceOf } from '../../../../src/report/monitoring/report-source.js';
import { reportOf } from '../../../../src/report/monitoring/report.js';
import { sweepOf } from '../../../../src/report/monitoring/threshold.js';
import { whatIfAt } from '../../../../src/report/monitoring/what-if.js';
import { gatesOf, plain, results, section } from '../../../support/documents.js';

/** The stored failure, whose recall gate (0.625 against 0.70) had asked for certainty and warns. */
function asked(more: Partial<GateResult>, id = 'recall') {
  const stored = results('fail');
  const gates = stored.gates.map((gate) => (gate.id === id ? { ...gate, confidence: 0.95, ...more } : gate));
  return { ...stored, gates };
}
const recallOf = (more: Partial<GateResult>) =>
  gatesOf(reportOf(asked(more), plain)).find(({ id }) => id === 'recall')!;

describe('the line of a gate that asked for certainty', () => {
  it('says how far the figure may be from what it is, at which confidence, and how it lies to the limit', () => {
    assert.equal(recallOf({ status: 'warn', interval: [0.525, 0.725] }).why, '± 0.100 at 95 %: touches the limit');
    assert.equal(recallOf({ interval: [0.6, 0.65] }).why, '± 0.025 at 95 %: wholly beyond the limit');
    assert.equal(recallOf({ interval: [0.43, 0.65] }).why, '0.430 – 0.650 at 95 %: wholly beyond the limit');
    assert.equal(recallOf({ value: 0.75, status: 'pass', interval: [0.65, 0.85] }).why, '± 0.100 at 95 %');
  });

  it('counts the noise of the limit, and says what was taken as exact', () => {
    const relative = { interval: [0.595, 0.655] as [number, number], thresholdSource: '0.95 * baseline' };
    assert.equal(
      recallOf({ ...relative, thresholdInterval: [0.66, 0.74] }).why,
      '0.95 × baseline; ± 0.050 at 95 %: wholly beyond the limit',
    );
    assert.match(recallOf({ ...relative, thresholdInterval: null }).why, /; the baseline is taken as exact$/);
  });

  it('draws the interval on the scale of value and limit, and says it to those who do not see it', () => {
    const { bar } = recallOf({ status: 'warn', interval: [0.525, 0.725] });
    assert.deepEqual(
      bar!.interval!.map((end) => end.toFixed(3)),
      ['0.525', '0.725'],
    );
    assert.equal(bar!.label, '0.625, between 0.525 and 0.725, against a limit of 0.70');
    assert.equal(gatesOf(reportOf(results('fail'), plain))[0]!.bar!.interval, undefined, 'results of before have none');
  });

  it('stays within the scale where the interval begins below 0', () => {
    const stored = asked({ value: 0.05, interval: [-0.4, 0.5] });
    const bar = gatesOf(reportOf(stored, plain)).find(({ id }) => id === 'recall')!.bar!;
    assert.ok(bar.interval![0] >= 0 && bar.interval![1] <= 1 && bar.from > 0, JSON.stringify(bar));
  });

  it('is no breach in the headline of a warning', () => {
    const stored = asked({ status: 'warn', interval: [0.525, 0.725] });
    const others = stored.gates.map((gate) => (gate.id === 'recall' ? gate : { ...gate, status: 'pass' as const }));
    const warned = {
      ...stored,
      verdict: 'warn' as const,
      gates: others,
      soft: { ...stored.soft!, failed: 0, status: 'pass' as const },
    };
    assert.equal(reportOf(warned, plain).banner.headline, 'Warning — recall touches its limit, which may be chance');
  });
});

describe('a gate that asked for certainty at another threshold', () => {
  const at = (stored: ReturnType<typeof asked>, position: number) => {
    const view = reportOf(stored, plain);
    return section(whatIfAt(view.sections, sweepOf(sourceOf(stored))!, position).blocks, 'gates').gates;
  };
  const sweep = sweepOf(sourceOf(results('fail')))!;

  it('warns while its interval, taken to be as wide, touches the limit', () => {
    const wide = at(asked({ status: 'warn', interval: [0.525, 0.725] }), sweep.recorded).find(
      ({ id }) => id === 'recall',
    )!;
    assert.deepEqual([wide.status, wide.why], ['warn', 'recorded 0.625']);
    const narrow = at(asked({ status: 'warn', interval: [0.6, 0.65] }), sweep.recorded).find(
      ({ id }) => id === 'recall',
    )!;
    assert.equal(narrow.status, 'fail', 'a warning of before was no waiver');
  });
});
