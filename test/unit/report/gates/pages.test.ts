import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { GateAnswer } from '../../../../src/documents/gates/gate-answer.js';
import type { Backtest } from '../../../../src/documents/gates/gate-backtest.js';
import type { MonitoringResults } from '../../../../src/documents/monitoring.js';
import type { PageView } from '../../../../src/report/blocks/blocks.js';
import { markdownOf } from '../../../../src/report/export/markdown.js';
import { openDocument } from '../../../../src/report/open.js';

const now = new Date('2026-11-21T09:33:00Z');
const pageOf = (document: object): PageView => {
  const message = openDocument('document', JSON.stringify(document), { overrides: [], now, commands: [] });
  assert.ok(message.type === 'report' && message.view.kind === 'page', JSON.stringify(message));
  return message.view;
};
const tableIn = ({ blocks }: PageView, id: string) => {
  const table = blocks.flatMap((block) => (block.type === 'table' && block.id === id ? [block] : []))[0]!;
  return table.rows.map(({ cells }) => cells.map(({ text }) => text));
};

const stored = JSON.parse(readFileSync('test/fixtures/documents/monitoring-fail.json', 'utf8')) as MonitoringResults;
const answer: GateAnswer = {
  ...{ kind: 'gate-answer', schemaVersion: 1, results: stored.run_timestamp, modelVersion: 'v3' },
  ...{ verdict: 'fail', gates: stored.gates, promotionGates: ['better-than-served'], unlabelled: 12, notes: [] },
  soft: { fail: 2, of: 3, failed: 1, inconclusive: 0, status: 'warn', action: 'retrain' },
};

describe('the page of what the rules say now', () => {
  it('names the verdict and what failed, and every gate with its figure, its limit and why', () => {
    const page = pageOf(answer);
    assert.equal(page.answer, 'fail');
    const failed = stored.gates.filter(({ status }) => status === 'fail');
    assert.ok(failed.length > 0);
    assert.ok(page.headline.startsWith('Fail — ') && page.headline.includes(failed[0]!.id), page.headline);
    const rows = tableIn(page, 'gates');
    assert.equal(rows.length, stored.gates.length);
    const recall = rows.find(([gate]) => gate === 'recall')!;
    const gate = stored.gates.find(({ id }) => id === 'recall')!;
    assert.deepEqual(recall.slice(1, 3), [gate.status, gate.level]);
    assert.ok(Math.abs(Number(recall[3]) - gate.value!) < 0.001, recall[3]);
    assert.match(recall[4]!, /^≥ 0\.\d+$/);
    assert.equal(recall[6], gate.message);
  });

  it('says what was left out: rows without a label, and gates that judge candidates only', () => {
    const text = markdownOf(pageOf(answer));
    assert.match(text, /12 rows have no label yet/);
    assert.match(text, /when a candidate is compared: better-than-served/);
    assert.match(text, /Soft gates: 1 of 3 failed; the group fails at 2/);
  });

  it('shows no figure where there is none, with the reason', () => {
    const [first] = stored.gates;
    const gates = [{ ...first!, status: 'inconclusive' as const, value: null, reason: 'only 3 positives' }];
    const page = pageOf({
      ...answer,
      verdict: 'inconclusive',
      gates,
      soft: null,
      unlabelled: null,
      promotionGates: [],
    });
    assert.equal(page.headline, 'Inconclusive');
    const [table] = page.blocks.flatMap((block) => (block.type === 'table' ? [block] : []));
    const value = table!.rows[0]!.cells[3]!;
    assert.deepEqual([value.text, value.reason], ['–', 'only 3 positives']);
    assert.equal(page.blocks.length, 1, 'nothing is noted');
  });
});

const run = (
  date: string,
  then: 'pass' | 'fail',
  after: 'pass' | 'fail',
  changed: Backtest['runs'][number]['changed'],
) => ({
  ...{ date, runId: date.replace(/\D/g, ''), modelVersion: 'v3', then, now: after, changed },
  ...{ retrainThen: then === 'fail', retrainNow: after === 'fail' },
});
const backtest: Backtest = {
  ...{ kind: 'gate-backtest', schemaVersion: 1, since: '2026-10-01T00:00:00Z', until: null },
  settings: ['recall.threshold=0.9'],
  runs: [
    run('2026-10-02T09:00:00Z', 'pass', 'fail', [{ gate: 'recall', then: 'pass', now: 'fail', message: 'lower' }]),
    run('2026-11-02T09:00:00Z', 'fail', 'fail', [{ gate: 'f1', then: 'fail', now: null, message: 'no such gate' }]),
  ],
  summary: {
    ...{ runs: 2, then: { pass: 1, fail: 1 }, now: { fail: 2 }, retrainThen: 1, retrainNow: 2 },
    gates: [{ id: 'recall', rule: 'recall >= 0.9', failedThen: 1, failedNow: 2, inconclusiveNow: 0 }],
  },
};

describe('the page of a backtest', () => {
  it('says first how many runs would be judged otherwise, and how often retraining was and would be asked for', () => {
    const page = pageOf(backtest);
    assert.equal(page.headline, '1 of 2 runs would be judged otherwise');
    assert.match(page.summary, /Then: 1 pass, 1 fail, retraining asked for once\. Now: 2 fail, 2 times\./);
    assert.equal(page.facts.find(({ label }) => label === 'Rules')?.text, 'recall.threshold=0.9');
  });

  it('shows each run beside itself, with the gates that changed, and each gate with its counts', () => {
    const page = pageOf(backtest);
    assert.deepEqual(tableIn(page, 'runs'), [
      ['2026-10-02 09:00 UTC', 'v3', 'pass', 'fail', 'recall: pass → fail'],
      ['2026-11-02 09:00 UTC', 'v3', 'fail', 'fail', 'f1: fail → no such gate'],
    ]);
    assert.deepEqual(tableIn(page, 'gates'), [['recall', '1', '2', '0', 'recall >= 0.9']]);
  });

  it('says when nothing would have been judged otherwise', () => {
    const page = pageOf({ ...backtest, runs: [run('2026-10-02T09:00:00Z', 'pass', 'pass', [])] });
    assert.equal(page.headline, 'The same verdicts');
  });
});

describe('the page of the ledger', () => {
  const entry = {
    ...{ kind: 'ledger-entry', schemaVersion: 1, at: '2026-11-20T10:00:00Z', who: 'ops', what: 'promote' },
    ...{ why: 'passed', from: 'v2', to: 'v3', outcome: 'promoted', trigger: null, evidence: [] },
  };
  const waiver = { ...entry, what: 'waiver', from: null, to: 'recall', outcome: 'recorded', why: 'labels are late' };

  it('shows every entry in its order: when, what, from which state to which, by whom and why', () => {
    const page = pageOf({ kind: 'ledger', schemaVersion: 1, entries: [entry, waiver] });
    assert.equal(page.headline, '2 entries');
    assert.deepEqual(tableIn(page, 'entries'), [
      ['2026-11-20 10:00 UTC', 'Promote', 'v2', 'v3', 'promoted', 'ops', 'passed'],
      ['2026-11-20 10:00 UTC', 'Waiver', '–', 'recall', 'recorded', 'ops', 'labels are late'],
    ]);
  });

  it('says that nothing was changed yet', () => {
    assert.equal(pageOf({ kind: 'ledger', schemaVersion: 1, entries: [] }).headline, 'Nothing was changed yet');
  });
});
