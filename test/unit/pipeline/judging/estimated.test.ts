import assert from 'node:assert/strict';
import type { Figure } from '../../../../src/gates/figures.js';
import { parseRule } from '../../../../src/project/rules/rule.js';
import { ruleText } from '../../../../src/project/rules/rule-words.js';
import { withEstimates } from '../../../../src/pipeline/judging/estimated-figures.js';
import { evaluate, figure, figuresOf, gate } from '../../gates/gate-inputs.js';

const estimate = (value: number): Figure => ({
  ...figure(value),
  estimated: true,
  interval: [value - 0.02, value + 0.02],
});
const auc = (value: number, more: Parameters<typeof gate>[1] = {}) =>
  evaluate([gate('hard estimated roc_auc >= 0.9 * baseline', { id: 'auc', ...more })], {
    figures: figuresOf({ 'estimated roc_auc': estimate(value), roc_auc: figure(0.1) }),
    baseline: { roc_auc: 0.9 },
  }).gates[0]!;

describe('a rule on an estimate', () => {
  it('is written with "estimated" before the figure, and read back the same', () => {
    const rule = parseRule('estimated  roc_auc >= 0.9 * baseline');
    assert.deepEqual([rule.figure, rule.estimated], ['roc_auc', true]);
    assert.equal(ruleText(rule), 'estimated roc_auc >= 0.9 * baseline');
    assert.equal(parseRule('estimated >= 0.9').estimated, undefined, 'a figure may be called so');
  });

  it('holds the estimate against the baseline of the figure itself, and is no proof: one that holds warns', () => {
    const held = auc(0.85);
    assert.deepEqual([held.status, held.metric, held.threshold], ['warn', 'estimated roc_auc', 0.9 * 0.9]);
    assert.match(
      held.message,
      /^estimated ROC AUC was 0\.85, must be at least 0\.81 \(0\.9 × the baseline 0\.9\); an estimate is no proof$/,
    );
    assert.deepEqual(held.evidence, { kind: 'none' });
  });

  it('counts as its gate says, where it says so', () => {
    assert.equal(auc(0.85, { estimated: 'pass' }).status, 'pass');
    assert.equal(auc(0.85, { estimated: 'inconclusive' }).status, 'inconclusive');
  });

  it('that does not hold fails, whatever one that holds counts as', () => {
    assert.equal(auc(0.7).status, 'fail');
    assert.equal(auc(0.7, { estimated: 'pass' }).status, 'fail');
    assert.equal(
      auc(0.8, { confidence: 0.95, estimated: 'pass' }).status,
      'warn',
      'with certainty, only where it is sure',
    );
  });
});

describe('figures of rows without a label', () => {
  const none = { value: null, n: 0, method: 'all labelled rows', reason: 'none of 80 rows has a label yet' };
  const estimated = { roc_auc: { value: 0.86, error: 0.01, n: 80 } };

  it('say what they are estimated to be beside why they are not known', () => {
    const figures = withEstimates('binary', { roc_auc: none }, { unlabelled: 80, estimated });
    const [result] = evaluate([gate('hard roc_auc >= 0.8')], { figures: { figures, columns: {} } }).gates;
    assert.equal(result!.status, 'inconclusive');
    assert.equal(result!.reason, 'none of 80 rows has a label yet; estimated 0.86 (0.84 to 0.88)');
  });

  it('are the figures themselves once all labels have come, and then proof', () => {
    const figures = withEstimates('binary', { roc_auc: figure(0.9) }, { unlabelled: 0 });
    const [result] = evaluate([gate('hard estimated roc_auc >= 0.8')], { figures: { figures, columns: {} } }).gates;
    assert.equal(result!.status, 'pass');
    assert.match(result!.message, /all labels have come: it is no estimate$/);
  });

  it('say that the version cannot estimate where it keeps nothing to do it by', () => {
    const figures = withEstimates('binary', { roc_auc: none }, { unlabelled: 80 });
    const [result] = evaluate([gate('hard estimated roc_auc >= 0.8')], { figures: { figures, columns: {} } }).gates;
    assert.equal(result!.status, 'inconclusive');
    assert.match(result!.reason!, /^this version cannot estimate it/);
  });
});
