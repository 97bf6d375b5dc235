import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chooseThreshold, type ThresholdRule } from '../../../../src/models/metrics/choose-threshold.js';
import { binaryRows } from '../support/golden.js';

const rule = { keep: { figure: 'recall', operator: '>=', value: 0.7 }, minimise: 'false_positives' } as const;

describe('choosing a threshold', () => {
  it('takes the fewest false positives with the recall that is asked for', () => {
    const labels = [1, 0, 1, 0, 1, 0];
    const scores = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4];
    const chosen = chooseThreshold(rule, labels, scores);
    assert.equal(chosen.threshold, 0.5);
    assert.deepEqual(chosen.confusion, { tp: 3, fp: 2, fn: 0, tn: 1 });
    assert.equal(chosen.met, true);
  });

  it('prefers the higher recall among equal numbers of false positives', () => {
    const chosen = chooseThreshold({ ...rule, keep: { ...rule.keep, value: 0.3 } }, [1, 1, 1, 0], [0.9, 0.8, 0.7, 0.1]);
    assert.equal(chosen.threshold, 0.7);
    assert.equal(chosen.recall, 1);
  });

  it('prefers the higher threshold where recall does not tell either', () => {
    const least: ThresholdRule = { keep: { figure: 'fpr', operator: '<=', value: 1 }, minimise: 'false_negatives' };
    assert.equal(chooseThreshold(least, [1, 0, 0], [0.9, 0.5, 0.1]).threshold, 0.9);
  });

  it('falls back to the nearest threshold and says so', () => {
    const precise: ThresholdRule = {
      keep: { figure: 'precision', operator: '>=', value: 0.9 },
      minimise: 'false_negatives',
    };
    const chosen = chooseThreshold(precise, [0, 1, 0, 1], [0.9, 0.8, 0.7, 0.6]);
    assert.equal(chosen.met, false);
    assert.match(chosen.reason, /no threshold keeps precision >= 0.9; nearest precision taken/);
    assert.equal(chosen.threshold, 0.6);
  });

  it('finds the best F1 of the reference rows at its lowest threshold', () => {
    const { labels, scores } = binaryRows();
    const chosen = chooseThreshold({ maximise: 'f_beta', beta: 1 }, labels, scores);
    assert.equal(chosen.threshold, 0.45);
    assert.equal(chosen.reason, 'best F1');
    const recall = chooseThreshold({ maximise: 'f_beta', beta: 5 }, labels, scores);
    assert.ok(recall.recall! > chosen.recall!);
  });

  it('finds the least cost when each outcome has its price', () => {
    const labels = [1, 0, 1, 0, 0];
    const scores = [0.9, 0.8, 0.7, 0.2, 0.1];
    const costly = { tp: 0, fp: 1, fn: 10, tn: 0 };
    assert.equal(chooseThreshold({ minimise: 'cost', cost: costly }, labels, scores).threshold, 0.7);
    const cheap = { tp: 0, fp: 10, fn: 1, tn: 0 };
    assert.equal(chooseThreshold({ minimise: 'cost', cost: cheap }, labels, scores).threshold, 0.9);
  });

  it('has no threshold without both classes', () => {
    const chosen = chooseThreshold(rule, [0, 0], [0.1, 0.2]);
    assert.equal(chosen.threshold, null);
    assert.match(chosen.reason, /0 positives and 2 negatives/);
  });

  it('is never beaten by another threshold that keeps the rule', () => {
    const row = fc.record({ label: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: 0, max: 9 }) });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
        const labels = rows.map(({ label }) => label);
        const scores = rows.map(({ score }) => score);
        const positives = labels.filter((label) => label === 1).length;
        fc.pre(positives > 0 && positives < rows.length);
        const chosen = chooseThreshold(rule, labels, scores);
        assert.equal(chosen.met, true);
        for (let threshold = 0; threshold <= 9; threshold++) {
          const tp = rows.filter(({ label, score }) => label === 1 && score >= threshold).length;
          const fp = rows.filter(({ label, score }) => label === 0 && score >= threshold).length;
          if (tp / positives >= 0.7) assert.ok(fp >= chosen.confusion!.fp);
        }
      }),
    );
  });
});
