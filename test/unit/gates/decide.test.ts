import assert from 'node:assert/strict';
import { decide } from '../../../src/gates/decide.js';
import { toTemplateKeys } from '../../../src/gates/template-keys.js';
import { evaluate, figure, figuresOf, gate, now, override } from './gate-inputs.js';

const rules = [
  gate('hard recall >= 0.70', { action: 'retrain' }),
  gate('soft fpr <= 1.25 * baseline'),
  gate('soft roc_auc >= 0.95 * baseline'),
  gate('advisory precision >= 0.80 * baseline'),
  gate('advisory null_pct(*) <= 5', { id: 'nulls' }),
  gate('hard z_mean(*) <= 2', { id: 'drift', action: 'retrain' }),
];
const healthy = { recall: 0.8, fpr: 0.3, roc_auc: 0.9, precision: 0.01 };
const calm = { null_pct: { a: figure(0), b: figure(7) }, z_mean: { a: figure(0.1), b: figure(0.2) } };
const soft = { fail: 2, action: 'retrain' as const };

function judged(figures: Record<string, number | null>, columns = calm) {
  return evaluate(rules, { figures: figuresOf({ ...healthy, ...figures }, columns), baseline: healthy, soft });
}

describe('deciding', () => {
  it('retrains for a failing hard gate that asks for it, and says why', () => {
    const decision = decide({ ...judged({ recall: 0.5 }), overrides: [], now });
    assert.deepEqual(decision, {
      action: 'retrain',
      by: 'gates',
      reason: 'recall was 0.5, must be at least 0.70',
      reasons: ['recall was 0.5, must be at least 0.70'],
    });
  });

  it('keeps when a failing hard gate asks for something else', () => {
    const outcome = evaluate([gate('hard recall >= 0.70', { action: 'block-promotion' })], {
      figures: figuresOf({ recall: 0 }),
    });
    assert.equal(outcome.verdict, 'fail');
    assert.equal(decide({ ...outcome, overrides: [], now }).action, 'keep');
  });

  it('retrains for the soft group as a whole', () => {
    assert.equal(decide({ ...judged({ fpr: 0.9 }), overrides: [], now }).action, 'keep');
    const decision = decide({ ...judged({ fpr: 0.9, roc_auc: 0.5 }), overrides: [], now });
    assert.equal(decision.action, 'retrain');
    assert.match(
      decision.reason,
      /^2 of 2 soft gates failed, 2 are enough: false positive rate was 0\.9, .*; ROC AUC was 0\.5/,
    );
  });

  it('decides once for a version and its data', () => {
    const again = decide({ ...judged({ recall: 0.5 }), overrides: [], now, alreadyRetrained: true });
    assert.deepEqual([again.action, again.by], ['keep', 'gates']);
    assert.equal(again.reason, 'already retrained for this version and this data');
    const forced = { overrides: [override('forceRetrain')], now, alreadyRetrained: true };
    assert.equal(decide({ ...judged({ recall: 0.5 }), ...forced }).action, 'retrain');
  });

  it('holds by override, and keeps the reasons for retraining', () => {
    const overrides = [override('forceRetrain'), override('forceSkipRetrain')];
    const decision = decide({ ...judged({ recall: 0.5 }), overrides, now });
    assert.equal(decision.reason, 'held by override (it wins over forceRetrain): migration (ana)');
    assert.equal(decision.reasons.length, 1);
  });

  it('decides nothing on a verdict that is none', () => {
    const decision = decide({ ...judged({ recall: null }), overrides: [], now });
    assert.deepEqual([decision.action, decision.by], ['keep', 'hold']);
    assert.equal(decision.reason, 'the verdict is inconclusive, and nothing is decided on that');
  });

  it('does not hold when something else has failed for certain', () => {
    const drifted = { ...calm, z_mean: { a: figure(3), b: figure(0) } };
    assert.equal(decide({ ...judged({ recall: null }, drifted), overrides: [], now }).action, 'retrain');
  });
});

describe('the keys that earlier readers know', () => {
  const keysOf = (
    figures: Record<string, number | null>,
    columns = calm,
    overrides = [] as ReturnType<typeof override>[],
  ) => {
    const outcome = judged(figures, columns);
    return toTemplateKeys(outcome.gates, decide({ ...outcome, overrides, now }));
  };

  it('name the first hard figure as primary and the others as secondary', () => {
    const keys = keysOf({ recall: 0.5, fpr: 0.4 });
    assert.deepEqual(keys.primary_gate, {
      metric: 'recall',
      passed: false,
      value: 0.5,
      target: 0.7,
      action: 'retrain',
    });
    assert.deepEqual(
      keys.secondary_gates.map(({ metric, passed, action }) => [metric, passed, action]),
      [
        ['fpr', false, 'retrain-warn'],
        ['roc_auc', true, 'healthy'],
        ['precision', true, 'healthy'],
      ],
    );
    assert.equal(keys.retrain_needed, true);
    assert.deepEqual(keys.retrain_reasons, ['recall was 0.5, must be at least 0.70']);
  });

  it('say null for what could not be judged', () => {
    assert.deepEqual(keysOf({ recall: null }).primary_gate?.passed, null);
    assert.equal(keysOf({ recall: null }).primary_gate?.action, 'inconclusive');
  });

  it('list each column that failed, with the check and what it asks for', () => {
    const drifted = { ...calm, z_mean: { a: figure(3), b: figure(0) } };
    assert.deepEqual(keysOf({}, drifted).data_quality_issues, [
      { feature: 'b', check: 'null_pct', passed: false, value: 7, target: 5, action: 'retrain-warn' },
      { feature: 'a', check: 'z_mean', passed: false, value: 3, target: 2, action: 'retrain' },
    ]);
  });

  it('give no reasons for retraining when an override holds it, but say that it does', () => {
    const keys = keysOf({ recall: 0.5 }, calm, [override('forceSkipRetrain')]);
    assert.equal(keys.retrain_needed, false);
    assert.deepEqual(keys.retrain_reasons, ['held by override: migration (ana)']);
  });

  it('have no primary gate where no hard gate is on a figure of the model', () => {
    const outcome = evaluate([rules[5]!], { figures: figuresOf({}, calm) });
    assert.equal(toTemplateKeys(outcome.gates, decide({ ...outcome, overrides: [], now })).primary_gate, null);
  });
});
