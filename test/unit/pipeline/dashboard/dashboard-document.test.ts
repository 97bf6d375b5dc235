import assert from 'node:assert/strict';
import { BrokenError, CancelledError } from '../../../../src/common/errors.js';
import type { DashboardPart } from '../../../../src/documents/measured/dashboard.js';
import { endpointDashboard } from '../../../../src/export/dashboard.js';
import { measuredDashboard } from '../../../../src/pipeline/dashboard/dashboard-document.js';
import type { Environment } from '../../../../src/platform/ports/environment.js';
import type { MetricQuery } from '../../../../src/platform/ports/metrics.js';
import { projectFile } from '../../../support/stage-context.js';

const now = new Date('2026-11-21T10:00:00Z');
const expression = {
  ...{ name: 'error-rate', expression: '100 * errors / all', period: 300, evaluationPeriods: 1 },
  ...{ operator: '>', threshold: 1 },
  metrics: {
    errors: { namespace: 'AWS/SageMaker', metric: 'Invocation5XXErrors', dimensions: {}, statistic: 'Sum' },
    all: { namespace: 'AWS/SageMaker', metric: 'Invocations', dimensions: {}, statistic: 'Sum' },
  },
};
const psi = {
  ...{ name: 'drift', namespace: 'Made', metric: 'PSI', dimensions: {}, statistic: 'Average', period: 300 },
  ...{ evaluationPeriods: 1, operator: '>=', threshold: 0.2 },
};
const file = projectFile({ alarms: [psi, expression] });
const project = { folder: '.', file, sql: {} };

type Values = Record<string, number | Error>;

/** Every metric has that value in the period from 09:30 on, or fails; what is not named was never measured. */
function measuring(values: Values, more: object = {}): Environment {
  const query = ({ metric, statistic, period }: MetricQuery) => {
    const value = values[`${metric} ${statistic}`] ?? values[metric];
    if (value instanceof Error) return Promise.reject(value);
    const at = period === 60 ? '2026-11-21T09:31:00.000Z' : '2026-11-21T09:30:00.000Z';
    return Promise.resolve(value === undefined ? [] : [{ at, value }]);
  };
  const own = {
    ...{ name: 'local', kind: 'local', metrics: { query } },
    endpoints: { describe: () => Promise.resolve(undefined) },
    objects: { list: () => Promise.resolve({ items: [] }) },
    alarms: { list: () => Promise.resolve({ items: [] }) },
  };
  return { ...own, ...more } as unknown as Environment;
}
const measured = async (values: Values, more?: object) =>
  measuredDashboard({ project, environment: measuring(values, more) }, { hours: 3, now });
const part = <Type extends DashboardPart['type']>(widgets: readonly DashboardPart[], type: Type, id: string) => {
  const found = widgets.find(
    (one): one is Extract<DashboardPart, { type: Type }> => one.type === type && one.id === id,
  );
  assert.ok(found, id);
  return found;
};

describe('the dashboard of an endpoint, measured', () => {
  it('has the widgets of the exported one, in its order, under its titles', async () => {
    const { widgets } = await measured({});
    const place = { environment: 'prod', region: 'eu-west-1', account: '123456789012' };
    const exported = endpointDashboard(file, file.alarms as never, place).widgets;
    const kinds = { text: 'heading', alarm: 'alarms' } as const;
    assert.deepEqual(
      widgets.map(({ type, title }) => [type, type === 'heading' ? '' : title]),
      exported.map(({ type, properties: { view, title } }) => [
        type === 'metric' ? (view === 'singleValue' ? 'number' : 'graph') : kinds[type],
        type === 'text' ? '' : title,
      ]),
    );
    assert.equal(widgets.length, 15);
  });

  it('reads lines, limits and what an expression makes of its metrics', async () => {
    const { widgets, from, to } = await measured({ Invocations: 200, Invocation5XXErrors: 3, PSI: 0.11 });
    const at = '2026-11-21T09:30:00.000Z';
    assert.deepEqual(part(widgets, 'graph', 'invocations').lines[0]?.points, [{ at, value: 200 }]);
    const drift = part(widgets, 'graph', 'watched-1');
    assert.deepEqual([drift.title, drift.limits], ['PSI', [{ label: 'drift >= 0.2', value: 0.2 }]]);
    assert.deepEqual(part(widgets, 'graph', 'watched-2').lines, [
      { label: '100 * errors / all', points: [{ at, value: 1.5 }] },
    ]);
    assert.deepEqual([from, to], ['2026-11-21T07:00:00.000Z', '2026-11-21T10:00:00.000Z']);
  });

  it('tells of the last hour the sum, or the mean over all requests and not over minutes', async () => {
    const { widgets } = await measured({ Invocations: 200, 'ModelLatency Sum': 9000, 'ModelLatency SampleCount': 4 });
    assert.equal(part(widgets, 'number', 'invocations-now').value, 200);
    assert.equal(part(widgets, 'number', 'latency-now').value, 2250);
    assert.deepEqual(part(widgets, 'number', 'cpu-now'), {
      ...{ type: 'number', id: 'cpu-now', title: 'CPU, last hour', value: null, unit: 'Percent' },
      reason: 'nothing was measured in this time',
    });
  });

  it('says of each widget that cannot be read why, and hides no other', async () => {
    const refused = new BrokenError('not allowed to read CPUUtilization');
    const alarms = { list: () => Promise.reject(new BrokenError('not allowed to list alarms')) };
    const { widgets } = await measured({ Invocations: 1, CPUUtilization: refused }, { alarms });
    assert.deepEqual(part(widgets, 'graph', 'cpu').reason, 'not allowed to read CPUUtilization');
    assert.deepEqual(part(widgets, 'alarms', 'alarms'), {
      ...{ type: 'alarms', id: 'alarms', title: 'Alarms', alarms: [], reason: 'not allowed to list alarms' },
    });
    assert.equal(part(widgets, 'graph', 'invocations').reason, undefined);
  });

  it('ends where a person cancels, instead of calling that a reason', async () => {
    await assert.rejects(measured({ Invocations: new CancelledError() }), CancelledError);
  });
});
