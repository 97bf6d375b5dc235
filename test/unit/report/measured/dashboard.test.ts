import assert from 'node:assert/strict';
import { dashboardSchema, type Dashboard } from '../../../../src/documents/measured/dashboard.js';
import { markdownOf } from '../../../../src/report/export/markdown.js';
import { tablesOf } from '../../../../src/report/export/tables.js';
import { dashboardPage } from '../../../../src/report/measured/dashboard.js';
import { timeChart } from '../../../../src/report/measured/time-chart.js';
import { plain, section, text } from '../../../support/documents.js';

const document = (): Dashboard => dashboardSchema.parse(JSON.parse(text('dashboard')));
type State = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
const withAlarms = (...states: State[]) => {
  const dashboard = document();
  const alarms = states.map((state, at) => ({ name: `a${at}`, state, since: '2026-11-21T09:00:00Z', reason: 'x' }));
  const widgets = dashboard.widgets.map((one) => (one.type === 'alarms' ? { ...one, alarms } : one));
  return { ...dashboard, widgets };
};
const answerOf = (dashboard: Dashboard) => dashboardPage(dashboard, plain).answer;

describe('the page of the dashboard', () => {
  it('says first what rings, with what the endpoint does', () => {
    const view = dashboardPage(document(), plain);
    assert.equal(view.headline, '1 of 8 alarms is in alarm');
    assert.equal(view.answer, 'fail');
    assert.match(view.summary, /^churn is in service, v3\. A release is under way: .* Invocations 18,342, 5xx 11, /);
    assert.deepEqual(
      section(view.blocks, 'table', 'alarms')
        .rows.slice(0, 2)
        .map(({ id }) => id),
      ['churn-Invocation5xxErrors', 'churn-DiskUtilization'],
    );
  });

  it('is well only where every alarm is, and something serves', () => {
    assert.equal(answerOf(withAlarms('OK', 'OK')), 'pass');
    assert.equal(answerOf(withAlarms('OK', 'INSUFFICIENT_DATA')), 'inconclusive');
    assert.equal(answerOf(withAlarms('ALARM', 'INSUFFICIENT_DATA')), 'fail');
    assert.equal(answerOf(withAlarms()), 'unknown');
    assert.equal(answerOf({ ...withAlarms('OK'), serving: null }), 'inconclusive');
    const [alarms] = document().widgets.filter((one) => one.type === 'alarms');
    const unread = { ...document(), widgets: [{ ...alarms!, alarms: [], reason: 'not allowed' }] };
    assert.equal(dashboardPage(unread, plain).headline, 'The alarms could not be read');
  });

  it('draws a graph a widget, and says of one without data why', () => {
    const { blocks } = dashboardPage(document(), plain);
    const charts = blocks.filter((block) => block.type === 'chart');
    assert.deepEqual(
      charts.map(({ id }) => id),
      ['invocations', 'errors', 'model-latency', 'overhead-latency', 'cpu', 'memory', 'disk', 'watched-1'],
    );
    assert.equal(charts.find(({ id }) => id === 'disk')?.absent, 'Not measured here.');
    assert.deepEqual([charts[2]?.y.title, charts[4]?.y.title, charts[4]?.y.max], ['ms', '%', 100]);
  });

  it('breaks a line where nothing was measured, for that is not zero', () => {
    const points = ['09:00', '09:05', '09:20'].map((at) => ({ at: `2026-11-21T${at}:00Z`, value: 2000 }));
    const { series } = timeChart({
      ...{ id: 'a', title: 'A', lines: [{ label: 'p99', unit: 'Microseconds', points }], limits: [], period: 300 },
      ...{ from: '2026-11-21T09:00:00Z', to: '2026-11-21T10:00:00Z' },
    });
    assert.deepEqual(series[0]?.y, [2, 2, null, 2]);
  });

  it('has every point in its tables for CSV, in the unit in which it was measured', () => {
    const view = dashboardPage(document(), plain);
    const latency = tablesOf(view).find(({ id }) => id === 'model-latency-points');
    assert.deepEqual(
      latency?.columns.map(({ title }) => title),
      [...['When', 'Average, Microseconds', 'p99, Microseconds', 'p50, Microseconds']],
    );
    assert.equal(latency?.rows.length, 31);
    assert.match(markdownOf(view), /### Gates over the newest runs/);
  });
});
