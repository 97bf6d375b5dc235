import assert from 'node:assert/strict';
import type { Figure } from '../../../src/gates/figures.js';
import { withSettings } from '../../../src/gates/settings.js';
import { evaluate, figuresOf, gate } from './gate-inputs.js';

const sure = { confidence: 0.95 };
const figure = (value: number, interval: [number, number] | null): Figure => ({
  value,
  n: 100,
  method: 'test',
  interval,
});

describe('a gate that asks for certainty', () => {
  const auc = (value: number, interval: [number, number] | null, more = {}) =>
    evaluate([gate('hard roc_auc >= 0.95 * baseline', sure)], {
      figures: figuresOf({ roc_auc: figure(value, interval) }),
      baseline: { roc_auc: 0.9 },
      ...more,
    }).gates[0]!;

  it('fails only where the whole interval of the difference lies beyond the limit', () => {
    const intervals = { baselineIntervals: { roc_auc: [0.88, 0.92] as [number, number] } };
    assert.equal(auc(0.84, [0.82, 0.86], intervals).status, 'warn', 'within what chance explains');
    assert.equal(auc(0.8, [0.78, 0.82], intervals).status, 'fail');
    assert.equal(auc(0.86, [0.84, 0.88], intervals).status, 'pass');
  });

  it('shows no end of a rate below 0 or above 1', () => {
    const shown = (value: number, interval: [number, number]) => auc(value, interval).message;
    assert.match(shown(1, [0.708, 1.21]), /^ROC AUC was 1 \(0\.708 to 1\),/);
    assert.match(shown(0.97, [0.92, 1.02]), /^ROC AUC was 0\.97 \(0\.92 to 1\),/);
  });

  it('counts the noise of the baseline too, and writes down both', () => {
    const known = auc(0.83, [0.81, 0.85], { baselineIntervals: { roc_auc: [0.86, 0.94] } });
    assert.equal(known.status, 'warn');
    assert.deepEqual(known.interval, [0.83 - (0.83 - 0.81), 0.83 + (0.85 - 0.83)]);
    const [low, high] = known.thresholdInterval!;
    assert.ok(Math.abs(low - 0.95 * 0.86) < 1e-12 && Math.abs(high - 0.95 * 0.94) < 1e-12, `${low} ${high}`);
    assert.equal(known.confidence, 0.95);
    assert.equal(
      known.message,
      'ROC AUC was 0.83 ± 0.043, must be at least 0.855 (0.95 × the baseline 0.9); touches the limit at 95 % confidence',
    );
  });

  it('takes a baseline of before intervals were kept as exact, and says so', () => {
    const old = auc(0.83, [0.81, 0.85]);
    assert.equal(old.status, 'fail');
    assert.match(old.message, /beyond it with 95 % confidence; the baseline is taken as exact: it has no interval$/);
    assert.equal(old.thresholdInterval, null);
    assert.match(auc(0.83, null).message, /; the figure is taken as exact: its noise is not known; the baseline/);
  });

  it('moves a limit below 0 with its baseline, to the same side', () => {
    const r2 = (value: number) =>
      evaluate([gate('hard r2 >= 0.9 * baseline', sure)], {
        figures: figuresOf({ r2: figure(value, [value - 0.01, value + 0.01]) }),
        baseline: { r2: -1 },
        baselineIntervals: { r2: [-1.1, -0.9] },
      }).gates[0]!;
    assert.deepEqual(
      r2(-2).thresholdInterval!.map((end) => Number(end.toFixed(6))),
      [-1.21, -0.99],
    );
    assert.deepEqual(
      [r2(-2), r2(-1.15), r2(-1.05)].map(({ status }) => status),
      ['fail', 'warn', 'inconclusive'],
    );
  });

  it('says nothing of itself where a rule does not ask for it', () => {
    const [result] = evaluate([gate('hard recall >= 0.7')], {
      figures: figuresOf({ recall: figure(0.6, [0.5, 0.75]) }),
    }).gates;
    assert.deepEqual([result!.status, result!.interval, 'confidence' in result!], ['fail', [0.5, 0.75], false]);
  });

  it('leaves what cannot be judged, and what is infinitely far, as it is', () => {
    const [few] = evaluate([gate('hard recall >= 0.7', { ...sure, minSamples: 200 })], {
      figures: figuresOf({ recall: figure(0.1, [0, 0.2]) }),
    }).gates;
    assert.equal(few!.status, 'inconclusive');
    const constant = { value: Infinity, n: 50, method: 'test', intervalAt: (): [number, number] => [0, 1] };
    const [far] = evaluate([gate('hard z_mean(*) <= 2', sure)], {
      figures: figuresOf({}, { z_mean: { a: constant } }),
    }).gates;
    assert.equal(far!.status, 'fail');
  });

  it('shares its doubt among the columns that it tests: the more there are, the surer a failure must be', () => {
    const column = (value: number): Figure => ({
      value,
      n: 50,
      method: 'test',
      intervalAt: (width) => [value - width, value + width],
    });
    const drift = (columns: number) =>
      evaluate([gate('hard z_mean(*) <= 2', sure)], {
        figures: figuresOf(
          {},
          {
            z_mean: Object.fromEntries(
              Array.from({ length: columns }, (_, at) => (at === 0 ? ['a', column(4.5)] : [`b${at}`, column(1)])),
            ),
          },
        ),
      }).gates[0]!;
    assert.equal(drift(1).status, 'fail');
    assert.equal(drift(50).status, 'warn');
    assert.equal(drift(50).tests, 50);
    assert.match(
      drift(50).message,
      /^distance of the mean of a was 4\.5 ± 3\.3 standard deviations.*; touches the limit at 95 % confidence over 50 columns; the worst of 50 columns$/,
    );
    assert.deepEqual(drift(50).evidence!.columns![0], { column: 'a', value: 4.5, status: 'warn' });
    assert.equal(drift(1).tests, undefined);
  });

  it('counts only what could be judged among the columns that chance may single out', () => {
    const column = (value: number | null): Figure => ({ value, n: 50, method: 'test', interval: null });
    const z_mean = { a: column(4.5), b: column(1), c: column(null) };
    const [judged] = evaluate([gate('hard z_mean(*) <= 2', sure)], { figures: figuresOf({}, { z_mean }) }).gates;
    assert.equal(judged!.tests, 2);
  });

  it('is set for a replay like the other settings', () => {
    const rules = [gate('hard recall >= 0.7')];
    assert.equal(withSettings(rules, ['recall.confidence=0.9'])[0]!.confidence, 0.9);
    assert.throws(
      () => withSettings(rules, ['recall.confidence=2']),
      /--set recall\.confidence=2: found "2", expected/,
    );
  });
});
