import assert from 'node:assert/strict';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import { decisionNow } from '../../../src/gates/decision-now.js';
import { evaluate, figuresOf, gate, now, override } from './gate-inputs.js';

const rules = [gate('hard recall >= 0.70', { action: 'retrain' })];
const stored = (decision: MonitoringResults['decision'], alreadyRetrained?: boolean) =>
  ({ ...evaluate(rules, { figures: figuresOf({ recall: 0.5 }) }), decision, alreadyRetrained }) as MonitoringResults;
const byGates = { action: 'keep', by: 'gates', reason: 'as the run said' } as const;
const byOverride = { action: 'keep', by: 'override', reason: 'held by override: migration (ana)' } as const;

describe('the decision as it stands now', () => {
  it('is what the run decided while no override counts', () => {
    assert.deepEqual(decisionNow(stored(byGates), [], now), byGates);
  });

  it('is made anew when the override that made it is gone', () => {
    const reason = 'recall was 0.5, must be at least 0.70';
    assert.deepEqual(decisionNow(stored(byOverride), [], now), { action: 'retrain', by: 'gates', reason });
  });

  it('knows then still that this version was retrained before', () => {
    assert.deepEqual(decisionNow(stored(byOverride, true), [], now), {
      action: 'keep',
      by: 'gates',
      reason: 'already retrained for this version and this data',
    });
  });

  it('is the override’s as soon as there is one', () => {
    assert.deepEqual(decisionNow(stored(byGates), [override('forceRetrain')], now), {
      action: 'retrain',
      by: 'override',
      reason: 'forced by override: migration (ana)',
    });
  });
});
