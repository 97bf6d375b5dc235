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

  it('names of the soft group those that failed, and nothing else', () => {
    const three = [gate('soft recall >= 0.7'), gate('soft f1 >= 0.7'), gate('soft fpr <= 0.1')];
    const outcome = evaluate([...three, gate('hard roc_auc >= 0.7')], {
      figures: figuresOf({ recall: 0.5, f1: 0.9, fpr: 0.2, roc_auc: 0.5 }),
      soft: { fail: 2, action: 'retrain' },
    });
    assert.equal(
      decide({ ...outcome, overrides: [], now }).reason,
      '2 of 3 soft gates failed, 2 are enough: recall was 0.5, must be at least 0.7; ' +
        'false positive rate was 0.2, must be at most 0.1',
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

describe('deciding under overrides', () => {
  it('forces, and adds that to the reasons there are', () => {
    const decision = decide({ ...judged({ recall: 0.5 }), overrides: [override('forceRetrain')], now });
    const reason = 'forced by override: migration (ana)';
    assert.deepEqual([decision.action, decision.by, decision.reason], ['retrain', 'override', reason]);
    assert.deepEqual(decision.reasons, ['recall was 0.5, must be at least 0.70', reason]);
  });

  it('says so where an override has no reason', () => {
    const overrides = [{ ...override('forceSkipRetrain'), reason: '' }];
    assert.equal(decide({ ...judged({}), overrides, now }).reason, 'held by override: no reason given (ana)');
  });

  it('counts one until the moment it ends, and not at that moment', () => {
    const by = (expiresAt: string) =>
      decide({ ...judged({}), overrides: [override('forceRetrain', expiresAt)], now }).by;
    const moments = ['2026-03-01T12:00:00.001Z', '2026-03-01T12:00:00Z', '2026-03-01T11:59:59Z'];
    assert.deepEqual(moments.map(by), ['override', 'gates', 'gates']);
  });
});

describe('what gates ask of whoever releases', () => {
  const block = (level: string, rule: string) => gate(`${level} ${rule}`, { action: 'block-promotion' });
  const back = (level: string, rule: string) => gate(`${level} ${rule}`, { action: 'roll-back' });
  const askedBy = (rules: ReturnType<typeof gate>[], figures: Record<string, number | null>, fail = 1) => {
    const outcome = evaluate(rules, { figures: figuresOf(figures), soft: { fail, action: 'retrain' } });
    const { blocksPromotion, asksRollBack } = decide({ ...outcome, overrides: [], now });
    return { blocksPromotion, asksRollBack };
  };
  const nothing = { blocksPromotion: undefined, asksRollBack: undefined };

  it('is nothing while all pass, and not a word of it stands in the document', () => {
    const rules = [block('hard', 'recall >= 0.7'), back('hard', 'f1 >= 0.7')];
    assert.deepEqual(askedBy(rules, { recall: 0.9, f1: 0.9 }), nothing);
    const decision = decide({ ...judged({}), overrides: [], now });
    assert.deepEqual(['blocksPromotion' in decision, 'asksRollBack' in decision], [false, false]);
  });

  it('forbids promotion on a failure and on a doubt, and asks to roll back on a failure alone', () => {
    const rules = [block('hard', 'recall >= 0.7'), back('hard', 'f1 >= 0.7')];
    assert.deepEqual(askedBy(rules, { recall: 0.5, f1: 0.5 }), { blocksPromotion: ['recall'], asksRollBack: ['f1'] });
    assert.deepEqual(askedBy(rules, { recall: null, f1: null }), { ...nothing, blocksPromotion: ['recall'] });
  });

  it('forbids promotion for a rule that cannot be read', () => {
    assert.deepEqual(askedBy([block('hard', 'recall =')], {}), { ...nothing, blocksPromotion: ['recall'] });
  });

  it('comes of a soft gate only when its group fails, and never of advice', () => {
    const soft = [block('soft', 'recall >= 0.7'), back('soft', 'f1 >= 0.7')];
    assert.deepEqual(askedBy(soft, { recall: 0.5, f1: 0.9 }, 2), nothing);
    assert.deepEqual(askedBy(soft, { recall: 0.5, f1: 0.5 }, 2), { blocksPromotion: ['recall'], asksRollBack: ['f1'] });
    assert.deepEqual(askedBy(soft, { recall: 0.5, f1: null }, 2), { ...nothing, blocksPromotion: ['recall'] });
    assert.deepEqual(askedBy([block('advisory', 'recall >= 0.7')], { recall: 0.5 }), nothing);
    const doubtful = [gate('soft f1 >= 0.7'), block('advisory', 'recall >= 0.7')];
    assert.deepEqual(askedBy(doubtful, { recall: null, f1: 0.5 }), nothing, 'nor of doubtful advice beside a failure');
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

  it('say null for a rule that cannot be read', () => {
    const outcome = evaluate([gate('hard recall =')], {});
    const { primary_gate } = toTemplateKeys(outcome.gates, decide({ ...outcome, overrides: [], now }));
    assert.deepEqual([primary_gate?.passed, primary_gate?.action], [null, 'error']);
  });

  it('tell what asks for retraining by itself from what only counts or warns', () => {
    const actionOf = (line: string, action: 'retrain' | 'roll-back', waived = false) => {
      const waivers = waived ? [{ gate: 'recall', owner: 'ana', reason: 'known', setAt: '', until: '2026-12-31' }] : [];
      const outcome = evaluate([gate(line, { action })], { figures: figuresOf({ recall: 0.5 }), waivers });
      const keys = toTemplateKeys(outcome.gates, decide({ ...outcome, overrides: [], now }));
      return (keys.primary_gate ?? keys.secondary_gates[0])!.action;
    };
    assert.equal(actionOf('hard recall >= 0.7', 'retrain'), 'retrain');
    assert.equal(actionOf('hard recall >= 0.7', 'roll-back'), 'retrain-warn');
    assert.equal(actionOf('hard recall >= 0.7', 'retrain', true), 'retrain-warn');
    assert.equal(actionOf('soft recall >= 0.7', 'retrain'), 'retrain-warn');
  });

  it('take the first hard gate for the primary one, wherever it stands', () => {
    const outcome = evaluate([gate('soft f1 >= 0.7'), gate('hard recall >= 0.7')], { figures: figuresOf(healthy) });
    const keys = toTemplateKeys(outcome.gates, decide({ ...outcome, overrides: [], now }));
    assert.deepEqual([keys.primary_gate?.metric, keys.secondary_gates.map(({ metric }) => metric)], ['recall', ['f1']]);
  });

  it('give no reasons for retraining where nothing asks for it', () => {
    assert.deepEqual(keysOf({}).retrain_reasons, []);
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
