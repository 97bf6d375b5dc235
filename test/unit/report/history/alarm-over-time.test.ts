import assert from 'node:assert/strict';
import { alarmSchema, type AlarmDocument } from '../../../../src/documents/alarm.js';
import { alarmPage } from '../../../../src/report/history/alarm.js';
import { nextSteps } from '../../../../src/report/history/alarm-next.js';
import { statesOver } from '../../../../src/report/history/alarm-states.js';
import { plain, section, text } from '../../../support/documents.js';

const document = (parts: object = {}): AlarmDocument =>
  alarmSchema.parse({ ...(JSON.parse(text('alarm')) as object), ...parts });
const range = { from: '2026-11-21T00:00:00Z', to: '2026-11-21T10:00:00Z' };
const change = (at: string, from: string, to: string) => ({ at: `2026-11-21T${at}:00Z`, from, to, reason: 'x' });
const states = (history: object[], state = 'OK') =>
  statesOver(document({ history, state }), range).map(({ from, to, text: word }) => [
    ...[from, to].map((at) => new Date(at).toISOString().slice(11, 16)),
    word,
  ]);

describe('an alarm over time', () => {
  it('has a state at every moment that is drawn, by its changes in it and before', () => {
    const history = [change('06:00', 'ALARM', 'OK'), change('05:00', 'OK', 'ALARM')];
    assert.deepEqual(states(history), [
      ['00:00', '05:00', 'ok'],
      ['05:00', '06:00', 'in alarm'],
      ['06:00', '10:00', 'ok'],
    ]);
    assert.deepEqual(states([], 'INSUFFICIENT_DATA'), [['00:00', '10:00', 'no data']]);
    const earlier = { ...change('00:00', 'OK', 'ALARM'), at: '2026-11-20T09:00:00Z' };
    assert.deepEqual(states([earlier], 'ALARM'), [['00:00', '10:00', 'in alarm']]);
  });

  it('is drawn with its limit and its states, and says why where nothing was measured', () => {
    const chart = section(alarmPage(document(), plain).blocks, 'chart', 'measured');
    assert.deepEqual(
      chart.series.map(({ name, role }) => [name, role]),
      [
        ['Maximum of DriftScore', 'line-1'],
        ['limit 0.25', 'limit'],
      ],
    );
    assert.deepEqual(
      chart.states?.map(({ text: word }) => word),
      ['ok', 'in alarm', 'ok', 'no data', 'ok', 'in alarm'],
    );
    assert.ok(chart.series[0]?.y.includes(null), 'two hours without requests are a gap');
    const { measured } = document();
    const refused = document({ measured: { ...measured, lines: [], reason: 'not allowed to read it' } });
    assert.equal(section(alarmPage(refused, plain).blocks, 'chart').absent, 'Not allowed to read it.');
  });

  it('tells what its actions did, a failure as one, and who watches', () => {
    const view = alarmPage(document(), plain);
    const { rows } = section(view.blocks, 'table', 'done');
    assert.deepEqual(
      rows.map(({ cells }) => [cells[1]?.text, cells[1]?.note, cells[3]?.answer]),
      [
        ['on-call', 'webhook', 'pass'],
        ['judge', 'command', 'fail'],
      ],
    );
    assert.match(view.facts.find(({ label }) => label === 'Watched')?.text ?? '', /^on this machine, last look/);
  });

  it('says what to do next by what it judges, and nothing where nothing is wanted', () => {
    const metric = (name: string, state = 'ALARM') =>
      nextSteps(document({ state, definition: { ...document().definition, metric: name } })).join(' ');
    assert.match(metric('DriftScore'), /mlops monitor/);
    assert.match(metric('Invocation5XXErrors'), /mlops endpoint logs churn\. .*mlops release rollback/);
    assert.match(metric('ModelLatency'), /mlops report dashboard/);
    assert.match(metric('ModelLatency', 'INSUFFICIENT_DATA'), /mlops endpoint show churn/);
    assert.equal(metric('ModelLatency', 'OK'), '');
    const watcher = { at: null, lives: false };
    assert.match(nextSteps(document({ state: 'OK', watcher })).join(), /mlops watch/);
  });
});
