import assert from 'node:assert/strict';
import { recognise } from '../../../../src/documents/recognise.js';
import { openDocument } from '../../../../src/report/open.js';
import { markdownOf } from '../../../../src/report/export/markdown.js';
import type { PageView } from '../../../../src/report/blocks/blocks.js';

const now = new Date('2026-11-21T09:33:00Z');
const context = { overrides: [], now, commands: [] };
const pageOf = (document: object): PageView => {
  const message = openDocument('document', JSON.stringify(document), context);
  assert.equal(message.type, 'report');
  assert.ok(message.type === 'report' && message.view.kind === 'page');
  return message.view;
};
const tableIn = ({ blocks }: PageView) => {
  const [table] = blocks.flatMap((block) => (block.type === 'table' ? [block] : []));
  return table!.rows.map(({ cells }) => cells.map(({ text }) => text));
};

const alarm = {
  ...{ kind: 'alarm', schemaVersion: 1, name: 'churn-p99', environment: 'prod', state: 'ALARM' },
  ...{ since: '2026-11-21T09:19:00Z', reason: '2 of the last 2 datapoints were at least 2 s', latest: 2.31e6 },
  definition: {
    ...{ name: 'churn-p99', namespace: 'AWS/SageMaker', metric: 'ModelLatency', dimensions: { EndpointName: 'churn' } },
    ...{ statistic: 'p99', period: 300, evaluationPeriods: 2, operator: '>=', threshold: 2e6, missing: 'breaching' },
    unit: 'Microseconds',
  },
  history: [
    { at: '2026-11-21T09:19:00Z', from: 'OK', to: 'ALARM', reason: 'slow' },
    { at: '2026-11-21T07:19:00Z', from: 'INSUFFICIENT_DATA', to: 'OK', reason: 'fast' },
  ],
  more: false,
};

describe('the page of an alarm', () => {
  it('says its state and for how long, why, and when it alarms', () => {
    const page = pageOf(alarm);
    assert.equal(page.answer, 'fail');
    assert.equal(page.headline, 'In alarm for 14 min');
    assert.equal(page.summary, '2 of the last 2 datapoints were at least 2 s');
    const facts = new Map(page.facts.map(({ label, text }) => [label, text]));
    assert.equal(facts.get('Alarms when'), 'p99 of ModelLatency ≥ 2 s');
    assert.equal(facts.get('Judged over'), '2 of 2 periods of 5 min');
    assert.equal(facts.get('A missing datapoint'), 'counts as breaching');
    assert.equal(facts.get('Latest'), '2.31 s');
  });

  it('tells every change with how long it lasted', () => {
    assert.deepEqual(tableIn(pageOf(alarm)), [
      ['2026-11-21 09:19 UTC', 'in alarm', 'ok', 'until now', 'Slow'],
      ['2026-11-21 07:19 UTC', 'ok', 'no data', '2 h', 'Fast'],
    ]);
  });

  it('of other alarms shows the rule as it is, and no limit that nobody set', () => {
    const rule = { kind: 'composite', text: 'ALARM("a") AND NOT ALARM("b")' };
    const page = pageOf({ ...alarm, definition: undefined, latest: undefined, rule, history: [] });
    const facts = new Map(page.facts.map(({ label, text }) => [label, text]));
    assert.equal(facts.get('Alarms when'), 'ALARM("a") AND NOT ALARM("b")');
    assert.equal(facts.get('Judges'), 'other alarms; only its owner changes it');
    assert.equal(facts.has('Metric'), false);
    assert.match(JSON.stringify(page.blocks), /No change of state is recorded/);
  });
});

describe('the page of a query', () => {
  const result = {
    ...{ kind: 'query-result', schemaVersion: 1, group: 'churn-train', environment: 'prod', engine: 'duckdb' },
    ...{ sql: 'SELECT a,\n b FROM records', at: '2026-11-21T09:31:00Z', result: null, total: 8786 },
    columns: [
      { name: 'a', type: 'VARCHAR' },
      { name: 'b', type: 'DOUBLE' },
      { name: 'b', type: 'BOOLEAN' },
    ],
    rows: [
      ['x', 0.25, true],
      ['y', null, false],
    ],
  };

  it('says how many of how many rows it shows', () => {
    assert.equal(pageOf(result).headline, 'Showing 2 of 8,786 rows');
    assert.equal(pageOf({ ...result, total: 2 }).headline, '2 rows');
    assert.equal(pageOf({ ...result, total: null }).headline, 'Showing the first 2 rows; there are more');
  });

  it('shows nulls as such, and columns of one name beside each other', () => {
    const page = pageOf(result);
    assert.deepEqual(tableIn(page), [
      ['x', '0.250', 'true'],
      ['y', '–', 'false'],
    ]);
    assert.match(markdownOf(page), /SELECT a,/);
  });

  it('is recognised only whole', () => {
    assert.equal(recognise({ ...result, rows: 'none' }).kind, 'raw');
  });
});
