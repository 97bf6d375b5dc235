import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { MonitoringResults } from '../../../../src/documents/monitoring.js';
import { stageNames, type Run } from '../../../../src/documents/run.js';
import type { AlarmState } from '../../../../src/platform/ports/alarms.js';
import type { EndpointInfo } from '../../../../src/platform/ports/endpoints.js';
import type { FeatureGroup } from '../../../../src/platform/ports/features.js';
import type { ModelVersion } from '../../../../src/platform/ports/registry.js';
import { fitted, type Item } from '../../../../src/vscode/tree-item.js';
import { alarmItems } from '../../../../src/vscode/trees/alarms.js';
import { answerItems } from '../../../../src/vscode/trees/answer.js';
import { endpointItems } from '../../../../src/vscode/trees/endpoints/endpoints.js';
import { featureGroupItems } from '../../../../src/vscode/trees/feature-groups.js';
import { modelItems } from '../../../../src/vscode/trees/models.js';
import { pipelineItems } from '../../../../src/vscode/trees/pipeline.js';
import { now } from '../support.js';

const fixture = <T>(name: string): T => JSON.parse(readFileSync(`test/fixtures/documents/${name}.json`, 'utf8')) as T;
const run = fixture<Run>('run');
const at = '2026-11-21T09:31:00Z';

/** The pipeline as a fixture's results leave it, its stages as the engine sums them up. */
function pipelineOf(results: MonitoringResults): Item[] {
  const summaries: Record<string, string> = {
    ingest: 'backblaze: 10 days, 58,625 rows (10 new, 0 unchanged); reviews: 4 rows',
    retrain: 'v2 does not replace v1: fail on rows it never saw: recall was 0.299, must be at least 0.70',
  };
  const figures = { backblaze_rows: 58_625, entities: 5875, modelVersion: 'v12', roc_auc: 0.969066 };
  const stages = stageNames.map((name) => ({
    ...{ name, finishedAt: at, summary: summaries[name] ?? name, runId: run.id, figures, failure: null, damage: [] },
  }));
  const { verdict, decision } = results;
  const place = { lastRun: null, verdictAt: at, judgedVersion: 'v12', alarms: [], environment: 'production' };
  const status = { stages, verdict, verdictRunId: run.id, overrides: [], ...place };
  const live = undefined;
  return [
    ...answerItems({ status, decision, live, now }),
    ...pipelineItems({ status, results, decision, runs: [run], live, strange: '.mlops was not made here', now }),
  ];
}

const variants = [{ name: 'AllTraffic', modelVersion: 'v12', weight: 1 }];
const endpoint: EndpointInfo = {
  ...{ name: 'predictive-maintenance', status: 'InService', createdAt: at, ours: true, serving: variants },
  config: { name: 'c', group: 'c', variants, capture: 1, notProven: true },
};
const alarms = ['OverheadLatencyP99', 'Invocation5XXErrors', 'MemoryUtilization'].map((name, index): AlarmState => ({
  ...{ name, reason: '', since: at, latest: 12_310_000 },
  ...{ state: (['ALARM', 'INSUFFICIENT_DATA', 'OK'] as const)[index]! },
  rule: { kind: 'composite', text: 't', endpoints: [], alarms: [] },
}));
const groups = ['train', 'validation', 'test', 'production'].map((part): FeatureGroup => ({
  ...{ name: `predictive-maintenance-${part}`, status: 'Created', createdAt: at, recordId: 'i', eventTime: 't' },
  ...{ features: [], rows: 1_234_567 },
}));
const models = (['Approved', 'PendingManualApproval', 'Rejected'] as const).map((status, index): ModelVersion => ({
  ...{ group: 'churn', version: `v${10 + index}`, status, name: 'lightgbm', family: 'lightgbm', description: '' },
  ...{ createdAt: at, artifacts: '', sha256: '', metrics: { balanced_accuracy: 0.5 }, metadata: {} },
}));

const trees: Record<string, Item[]> = {
  ...Object.fromEntries(
    [
      'monitoring-fail',
      'monitoring-pass',
      'monitoring-inconclusive',
      'monitoring-regression',
      'monitoring-classes',
    ].map((name) => [name, pipelineOf(fixture<MonitoringResults>(name))]),
  ),
  endpoints: endpointItems([endpoint], { now }),
  alarms: alarmItems(alarms, now),
  'feature groups': featureGroupItems(groups, now),
  models: modelItems(models, new Set(['churn/v10']), now),
};

const all = (items: readonly Item[]): Item[] => items.flatMap((item) => [item, ...all(item.children ?? [])]);

describe('lines in a sidebar of 300 pixels', () => {
  for (const [name, items] of Object.entries(trees))
    it(`of ${name} fit, and none is cut in the middle of its words`, () => {
      for (const item of all(items)) {
        const shown = `${item.label} ${fitted(item) ?? ''}`;
        assert.ok(shown.length <= 39, `${shown}: ${shown.length} letters`);
        if (!item.id.startsWith('run/')) assert.doesNotMatch(shown, /…$/, item.id);
      }
    });
});
