import assert from 'node:assert/strict';
import type { AlarmState } from '../../../../src/platform/ports/alarms.js';
import type { EndpointInfo } from '../../../../src/platform/ports/endpoints.js';
import type { FeatureGroup } from '../../../../src/platform/ports/features.js';
import type { ModelVersion } from '../../../../src/platform/ports/registry.js';
import { valueText } from '../../../../src/report/format/units.js';
import { alarmItems } from '../../../../src/vscode/trees/alarms.js';
import { endpointItems } from '../../../../src/vscode/trees/endpoints/endpoints.js';
import { featureGroupItems } from '../../../../src/vscode/trees/feature-groups.js';
import { modelItems, servedModels } from '../../../../src/vscode/trees/models.js';
import { spoken } from '../../../../src/vscode/tree-item.js';
import { lines, now } from '../support.js';

const variant = (modelVersion: string, weight = 1) => ({ name: 'AllTraffic', modelVersion, weight });

function endpoint(parts: Partial<EndpointInfo> = {}): EndpointInfo {
  const config = { name: 'churn', group: 'churn', variants: [variant('v3')], capture: 1 };
  return { name: 'churn', status: 'InService', createdAt: '', config, serving: [variant('v3')], ours: true, ...parts };
}

function alarm(name: string, state: AlarmState['state'], parts: Partial<AlarmState> = {}): AlarmState {
  const definition = {
    name: `churn-${name}`,
    namespace: 'n',
    metric: 'm',
    dimensions: { EndpointName: 'churn' },
    statistic: 'p99',
    period: 300,
    evaluationPeriods: 1,
    operator: '>=' as const,
    threshold: 2e6,
    missing: 'missing' as const,
    unit: 'Microseconds',
  };
  return { name: `churn-${name}`, definition, state, since: '2026-11-21T09:19:00Z', reason: 'because', ...parts };
}

describe('the endpoints tree', () => {
  it('says what really serves', () => {
    const [item] = endpointItems([endpoint()]);
    assert.deepEqual(lines([item!]), ['serving churn | in service · v3']);
    assert.deepEqual(lines(item!.children!), ['variant AllTraffic | 100 % · capture 100 %']);
  });

  it('does not call an endpoint well that serves another version than was asked for', () => {
    const item = endpointItems([endpoint({ serving: [variant('v2')] })])[0]!;
    assert.deepEqual(lines([item]), ['doubtful churn | serves v2 · asked for v3']);
    assert.equal(spoken(item), 'churn, needs attention, serves v2 · asked for v3');
  });

  it('does not call an endpoint well that does not answer, whatever its status says', () => {
    assert.deepEqual(lines(endpointItems([endpoint({ serving: undefined })])), [
      'doubtful churn | does not answer · in service · asked for v3',
    ]);
  });

  it('marks a model that never passed its own gates, and a stopped endpoint', () => {
    const config = { ...endpoint().config, notProven: true };
    assert.deepEqual(lines(endpointItems([endpoint({ config })])), ['doubtful churn | in service · v3 · not proven']);
    const [stopped] = endpointItems([endpoint({ status: 'Stopped', serving: undefined })]);
    assert.deepEqual(lines([stopped!]), ['stopped churn | stopped · v3']);
    assert.equal(stopped!.context, 'endpoint+stopped');
  });

  it('shows the versions of several variants', () => {
    const serving = [variant('v2', 0.9), { name: 'canary', modelVersion: 'v3', weight: 0.1 }];
    const config = { ...endpoint().config, variants: serving };
    const [item] = endpointItems([endpoint({ serving, config })]);
    assert.deepEqual(lines([item!]), ['serving churn | in service · v2, v3']);
    assert.deepEqual(lines(item!.children!), [
      'variant AllTraffic | 90 % · v2 · capture 100 %',
      'variant canary | 10 % · v3 · capture 100 %',
    ]);
  });
});

describe('the alarms tree', () => {
  const states = [
    alarm('A', 'OK'),
    alarm('B', 'INSUFFICIENT_DATA'),
    alarm('C', 'ALARM', { latest: 2.31e6 }),
    alarm('D', 'OK'),
  ];

  it('puts what needs a person first and folds what is well', () => {
    const items = alarmItems(states, now);
    assert.deepEqual(lines(items), [
      'alarm C | alarm · 2.31 s · 14 min',
      'unknown B | no data · 14 min',
      'quiet 2 more ok',
    ]);
    assert.deepEqual(lines(items[2]!.children!), ['quiet A | ok · 14 min', 'quiet D | ok · 14 min']);
  });

  it('says when it alarms and why it stands so', () => {
    const [item] = alarmItems([alarm('C', 'ALARM')], now);
    assert.equal(item!.tooltip, 'churn-C\nbecause\nAlarm when p99 of m ≥ 2 s');
    assert.deepEqual(item!.facts, [['Became in alarm', { at: '2026-11-21T09:19:00Z' }]]);
  });

  it('writes values with units as people do', () => {
    assert.equal(valueText(500_000, 'Microseconds'), '500 ms');
    assert.equal(valueText(81.25, 'Percent'), '81.3 %');
    assert.equal(valueText(3, 'Count'), '3');
  });
});

describe('the feature groups tree', () => {
  const group: FeatureGroup = {
    name: 'churn-train',
    status: 'Created',
    createdAt: '2026-11-20T09:00:00Z',
    recordId: 'record_id',
    eventTime: 't',
    features: [{ name: 'record_id', type: 'String' }],
    rows: 8786,
    updatedAt: '2026-11-21T09:31:00Z',
  };

  it('says rows and age, and opens to the columns', () => {
    const [item] = featureGroupItems([group], now);
    assert.deepEqual(lines([item!]), ['table train | 8,786 rows · 2 min ago']);
    assert.deepEqual(lines(item!.children!), ['column record_id | String · record id']);
  });

  it('does not invent rows where counting would need a query, and shows a status that is not the usual one', () => {
    const [item] = featureGroupItems([{ ...group, rows: undefined, status: 'Creating' }], now);
    assert.equal(item!.description, 'Creating · 1 feature · 2 min ago');
  });
});

describe('the models tree', () => {
  const model = (version: string, status: ModelVersion['status'], name = 'lightgbm'): ModelVersion => ({
    ...{ group: 'churn', version, status, name, family: name, description: '', createdAt: '2026-11-21T09:31:00Z' },
    ...{ artifacts: '', sha256: '', metrics: { recall: 0.625, precision: null }, metadata: {} },
  });

  it('stars what really serves and says the status of the rest', () => {
    const versions = [
      model('v3', 'Approved'),
      model('v2', 'PendingManualApproval'),
      model('v1', 'Rejected', 'logistic'),
    ];
    const items = modelItems(versions, servedModels([endpoint()]), now);
    assert.deepEqual(lines(items), [
      'star v3 lightgbm | approved · serving · 2 min ago',
      'inconclusive v2 lightgbm | waits for approval · 2 min ago',
      'model v1 logistic | rejected · 2 min ago',
    ]);
    assert.deepEqual(lines(items[0]!.children!), ['none recall | 0.625', 'none precision | – (not computed)']);
  });

  it('stars nothing when the endpoint does not answer', () => {
    const items = modelItems([model('v3', 'Approved')], servedModels([endpoint({ serving: undefined })]), now);
    assert.equal(items[0]!.icon, 'model');
  });
});
