import assert from 'node:assert/strict';
import type { HostMessage } from '../../../src/report/protocol.js';
import { openDocument } from '../../../src/report/open.js';
import type { ReportView } from '../../../src/report/view.js';
import { gatesOf, overrides, plain, text } from '../../support/documents.js';

const open = (name: string, context = plain): HostMessage => openDocument(`${name}.json`, text(name), context);

function report(message: HostMessage): ReportView {
  assert.ok(message.type === 'report' && message.view.kind === 'monitoring');
  return message.view;
}

describe('documents without kind', () => {
  it('shows the notebook’s monitoring results with the gates they hold', () => {
    const view = report(open('template-monitoring-results'));
    assert.equal(view.banner.headline, 'Fail — 2 of 4 soft gates fail: false positives and ROC AUC');
    assert.deepEqual(
      gatesOf(view).map(({ title, word, value, mustBe }) => `${title}: ${word}, ${value.text}, ${mustBe}`),
      [
        'recall: pass, 0.803, ≥ 0.70',
        'precision: pass, 0.00109, ≥ 0.00064',
        'false positives: fail, 44,742, ≤ 14,073',
        'ROC AUC: fail, 0.849, ≥ 0.889',
        'average precision: pass, 0.022, ≥ 0.012',
        'null values of smart_187_raw: warn, 65.69 %, –',
      ],
    );
  });

  it('says what they do not record instead of taking it for healthy', () => {
    const view = report(open('template-monitoring-results'));
    assert.deepEqual(
      view.sections.map(({ block }) => block.id),
      ['gates', 'matrix', 'metrics'],
    );
    assert.deepEqual(view.absent, [
      'No sweep over thresholds is recorded, so the threshold cannot be moved here.',
      'No precision – recall curve is recorded.',
      'No ROC curve is recorded.',
      'No calibration is recorded.',
      'No statistics of the features are recorded.',
    ]);
    assert.equal(view.facts.find(({ label }) => label === 'Model')?.text, 'not recorded');
    assert.match(view.origin ?? '', /Another system/);
  });

  it('does not call a model healthy because a document does', () => {
    const answer = {
      ...(JSON.parse(text('template-evaluation')) as object),
      status: 'HEALTHY',
      degraded: false,
      reasons: [],
    };
    const view = report(openDocument('evaluation.json', JSON.stringify(answer), plain));
    assert.equal(view.banner.verdict, 'unknown');
    assert.match(view.banner.summary, /calls itself HEALTHY and holds no gate/);
    const filed = { timestamp: '2026-02-18T21:14:07', endpoint: 'e', status: 'HEALTHY', evaluation: answer };
    assert.equal(report(openDocument('run.json', JSON.stringify(filed), plain)).banner.verdict, 'unknown');
  });

  it('is inconclusive when the primary gate is missing', () => {
    const results = {
      ...(JSON.parse(text('template-monitoring-results')) as object),
      primary_gate: null,
      secondary_gates: [],
    };
    assert.equal(report(openDocument('m.json', JSON.stringify(results), plain)).banner.verdict, 'inconclusive');
  });

  it('shows the pipeline’s answer, its confusion matrix and its own words', () => {
    const view = report(open('template-evaluation'));
    assert.equal(view.banner.verdict, 'fail');
    assert.equal(view.decision.action, 'retrain');
    assert.match(view.banner.summary, /found 40 of 61 positives.*Recall 0\.6557 < 0\.7/);
  });

  it('shows a retraining trigger by what failed', () => {
    const view = report(open('template-retrain-trigger'));
    assert.equal(view.banner.headline, 'Fail — recall is below its floor');
    assert.deepEqual(
      gatesOf(view).map(({ title, word }) => `${title} ${word}`),
      ['recall fail', 'ROC AUC fail'],
    );
  });

  it('shows the registry’s figures, nested or flat', () => {
    const nested = open('template-evaluation-metrics');
    assert.ok(nested.type === 'report' && nested.view.kind === 'evaluation');
    assert.equal(nested.view.splits[0]?.metrics.find(({ id }) => id === 'roc_auc')?.figures[0]?.figure.text, '0.936');
    const flat = JSON.stringify({ roc_auc: 0.78, recall: 0.3, precision: 0.1, threshold: 0.5, n_features: 7 });
    const message = openDocument('evaluation_metrics.json', flat, plain);
    assert.ok(message.type === 'report' && message.view.kind === 'evaluation');
    assert.deepEqual(
      message.view.splits[0]?.metrics.map(({ id }) => id),
      ['roc_auc', 'recall', 'precision'],
    );
  });

  it('reads the NaN that Python writes as a missing figure', () => {
    const python = text('template-monitoring-results').replace('0.848832', 'NaN');
    const view = report(openDocument('m.json', python, plain));
    assert.equal(gatesOf(view).find(({ title }) => title === 'ROC AUC')?.value.text, '–');
  });

  it('lets no override or retraining act on another system’s document', () => {
    const view = report(open('template-monitoring-results', { ...plain, overrides: overrides() }));
    assert.deepEqual([view.overrides, view.next], [[], null]);
  });
});

describe('documents that are no report', () => {
  const reasons: [string, string, RegExp][] = [
    ['text', 'not json', /It is not JSON/],
    ['a list', '[]', /a JSON object was expected/],
    [
      'another kind of ours',
      '{"kind":"stage-state","schemaVersion":1}',
      /no report for a document of kind "stage-state"/,
    ],
    ['a newer major', '{"kind":"monitoring-results","schemaVersion":2}', /schemaVersion 2 is newer/],
    ['one that breaks its form', '{"kind":"monitoring-results","schemaVersion":1}', /run_timestamp/],
    ['an unknown shape', '{"a":1}', /none that is known/],
  ];
  for (const [what, content, reason] of reasons) {
    it(`shows ${what} raw, with the reason`, () => {
      const message = openDocument('x.json', content, plain);
      assert.ok(message.type === 'raw');
      assert.match(message.reason, reason);
      if (message.tree) assert.deepEqual(namesIn(message.tree), Object.keys(JSON.parse(content) as object));
      else assert.equal(message.text, content);
    });
  }

  it('cuts a huge text and says so', () => {
    const message = openDocument('x.json', 'x'.repeat(300_000), plain);
    assert.ok(message.type === 'raw');
    assert.equal(message.text.length, 200_000);
    assert.match(message.reason, /Only its first 200 kB/);
  });

  it('shows a part of a huge document as a tree, and says how much is left out', () => {
    const many = Object.fromEntries(
      Array.from({ length: 5000 }, (_, at) => [`k${at}`, { deep: [1, { a: 'x'.repeat(900) }] }]),
    );
    const message = openDocument('x.json', JSON.stringify(many), plain);
    assert.ok(message.type === 'raw' && message.tree);
    assert.equal(message.tree.children?.at(-1)?.text, '4900 more are not shown');
    assert.ok(JSON.stringify(message).length < 300_000);
  });
});

const namesIn = ({ children = [] }: { children?: { name: string }[] }) => children.map(({ name }) => name);
