import assert from 'node:assert/strict';
import type { Override } from '../../../../src/documents/ledger.js';
import type { MonitoringResults } from '../../../../src/documents/monitoring.js';
import type { GateResult } from '../../../../src/documents/gates/verdict.js';
import { decisionNow } from '../../../../src/gates/decision-now.js';
import { messageFor } from '../../../../src/vscode/report/message.js';
import { unreadable } from '../../../../src/vscode/report/unreadable.js';
import { now } from '../support.js';

const gate: GateResult = {
  ...{ id: 'recall', level: 'hard', status: 'fail', metric: 'recall', value: 0.625, operator: '>=', threshold: 0.7 },
  ...{ thresholdSource: 'rule', baseline: 1, degradation: 0.375, method: 'tp / (tp + fn)', n: 24, window: null },
  ...{ evidence: { kind: 'rows', count: 9 }, action: 'retrain', message: 'recall was 0.625, must be at least 0.70' },
};

function results(parts: Partial<MonitoringResults> = {}): MonitoringResults {
  return {
    ...{ kind: 'monitoring-results', schemaVersion: 1, run_timestamp: '2026-11-21T09:31:00Z', evaluation_data: 'p' },
    ...{ decision_threshold: 0.1, target_recall: 0.7, retrain_needed: true, retrain_reasons: [], primary_gate: null },
    ...{ secondary_gates: [], data_quality_issues: [], confusion_matrix: null, metrics: {}, runId: 'r' },
    ...{ project: 'churn', environment: 'local', task: 'binary', modelVersion: 'v3', modelName: 'lightgbm' },
    ...{ baselineId: null, baselineMetrics: {}, n: 8787, positives: 24, window: { from: null, to: null } },
    ...{ verdict: 'fail', decision: { action: 'retrain', by: 'gates', reason: gate.message }, gates: [gate] },
    ...{ soft: null, columns: [], curves: null, baselineCurves: null, reasons: {} },
    ...parts,
  };
}

const whole = (text: string) => ({ text, whole: true });
const override = (name: Override['name']): Override => ({ name, reason: 'why', by: 'ops', setAt: '', expiresAt: null });
const skip = override('forceSkipRetrain');

describe('the decision of the moment', () => {
  it('follows the overrides that count now, whatever the run decided', () => {
    assert.equal(decisionNow(results(), [skip], now).action, 'keep');
    assert.equal(decisionNow(results(), [override('forceRetrain'), skip], now).by, 'override');
  });

  it('is what the run decided when no override was or is on', () => {
    const decision = { action: 'keep', by: 'gates', reason: 'already retrained' } as const;
    assert.deepEqual(decisionNow(results({ decision }), [], now), decision);
  });

  it('is made anew when the override that made it is gone', () => {
    const held = { action: 'keep', by: 'override', reason: 'held' } as const;
    const { action, by } = decisionNow(results({ decision: held }), [], now);
    assert.deepEqual({ action, by }, { action: 'retrain', by: 'gates' });
  });
});

describe('what a report page is sent', () => {
  const place = { project: 'churn', environment: 'local', overrides: [skip] };
  const monitoring = (at: typeof place | undefined) => {
    const message = messageFor('monitoring_results.json', whole(JSON.stringify(results())), at, now);
    assert.ok(message.type === 'report' && message.view.kind === 'monitoring');
    return message.view;
  };

  it('holds the verdict of the document and the decision of the moment', () => {
    const view = monitoring(place);
    assert.equal(view.banner.verdict, 'fail');
    assert.equal(view.decision.action, 'keep');
    assert.equal(view.overrides.length, 1);
    assert.ok(view.next);
  });

  it("does not apply overrides to another project's document, and offers nothing that would act on ours", () => {
    for (const at of [{ ...place, project: 'other' }, { ...place, environment: 'prod' }, undefined]) {
      const view = monitoring(at);
      assert.equal(view.decision.action, 'retrain');
      assert.deepEqual(view.overrides, []);
      assert.equal(view.next, null);
    }
  });

  it('offers rows only for results of this very project and environment', () => {
    const opens = (at: typeof place | undefined) => JSON.stringify(monitoring(at)).includes('showRows');
    assert.deepEqual([opens(place), opens({ ...place, project: 'other' }), opens(undefined)], [true, false, false]);
  });

  it('is the beginning of a file that is too large, and says so', () => {
    const message = messageFor('m.json', { text: '{"kind":"monitoring-results", ', whole: false }, place, now);
    assert.ok(message.type === 'raw');
    assert.match(message.reason, /larger than the 64 MB that reports read; its first 200 kB are shown/);
  });

  it('is the content with the reason when there is no report for it', () => {
    const message = messageFor('a.json', whole('{"kind":"run"}'), place, now);
    assert.equal(message.type, 'raw');
    assert.match(message.reason, /not what its kind says: schemaVersion/);
  });

  it('offers a text only where there is one', () => {
    const [alarm, file] = [
      unreadable('alarm', new Error('gone')),
      unreadable('a.json', new Error('gone'), ['viewJson']),
    ];
    assert.deepEqual(alarm, { type: 'raw', name: 'alarm', reason: 'gone', text: '', actions: [] });
    assert.deepEqual(file.type === 'raw' && file.actions, ['viewJson']);
  });
});
