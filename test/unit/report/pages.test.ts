import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { tablesOf } from '../../../src/report/export/tables.js';
import { markdownOf } from '../../../src/report/export/markdown.js';
import { openDocument } from '../../../src/report/open.js';
import type { Block, PageView } from '../../../src/report/blocks/blocks.js';
import { plain } from '../../support/documents.js';

const folder = join(import.meta.dirname, '../../fixtures/documents');
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');

function page(file: string, text = textOf(file)): PageView {
  const message = openDocument(file, text, plain);
  assert.ok(message.type === 'report' && message.view.kind === 'page', message.type === 'raw' ? message.reason : '');
  return message.view;
}

function block<Type extends Block['type']>(view: PageView, type: Type): Extract<Block, { type: Type }> {
  const found = view.blocks.find((one): one is Extract<Block, { type: Type }> => one.type === type);
  assert.ok(found, `${view.about} has no ${type}`);
  return found;
}

describe('the page of a document', () => {
  const expected: [string, string, string][] = [
    ['drift-report.json', 'drift-report', 'Drift — the data set has moved'],
    ['search-results.json', 'search-results', 'Trial 8 is best: average precision 0.725 ± 0.012'],
    ['training-history.json', 'training-history', 'How 2 candidates learned'],
    ['explanation.json', 'explanation', 'number_inpatient, age and time_in_hospital move lightgbm most'],
    ['run.json', 'run', 'Succeeded, verdict fail'],
    ['ledger-entry.json', 'ledger-entry', 'Promote: v2 → v3, rolled back'],
    ['overrides.json', 'overrides', 'Retraining is suppressed'],
    ['data-quality-baseline.json', 'data-quality-baseline', 'What 3 columns looked like in training'],
    ['monitoring-constraints.json', 'monitoring-constraints', '4 limits that monitoring holds the model to'],
    ['split-manifest.json', 'split-manifest', '1,000 entities and 21,965 rows in four parts'],
    ['model-monitor-statistics.json', 'model-monitor-statistics', '4 features of 23,432 rows'],
    ['model-monitor-constraints.json', 'model-monitor-constraints', 'What 4 features must look like'],
    ['model-monitor-violations.json', 'model-monitor-violations', '2 violations in 2 features'],
    ['risk-map.json', 'risk-map', '9 of 38 places are at high risk'],
    ['dashboard.json', 'dashboard', '1 of 8 alarms is in alarm'],
    ['alarm.json', 'alarm', 'In alarm for 42 min'],
    ['data-capture.jsonl', 'data-capture', '3 captured requests'],
    ['ground-truth.jsonl', 'ground-truth', '3 labels'],
    ['template-data-quality-baseline.json', 'data-quality-baseline', 'What 2 columns looked like in training'],
    ['template-monitoring-constraints.json', 'monitoring-constraints', '7 limits that monitoring holds the model to'],
    ['template-eval-summary.json', 'foreign-summary', 'Evaluation summary'],
    ['template-training-metrics.json', 'foreign-summary', 'Training metrics'],
    ['template-model-metadata.json', 'foreign-summary', 'Model metadata'],
    ['template-retrained.json', 'foreign-summary', 'Retraining report'],
    ['template-drift-metrics.json', 'foreign-drift', '1 of 5 columns drifted'],
    ['template-batch-drift.json', 'foreign-drift', '1 of 2 columns drifted'],
  ];
  for (const [file, about, headline] of expected) {
    it(`shows ${file} as ${about}, its answer first`, () => {
      const view = page(file);
      assert.deepEqual([view.about, view.headline], [about, headline]);
      assert.match(markdownOf(view), /^## /);
      assert.ok(tablesOf(view).length > 0 || view.blocks.length > 0);
    });
  }

  it('exists for every fixture: nothing that is known falls back to a tree', () => {
    const raw = readdirSync(folder).filter((file) => openDocument(file, textOf(file), plain).type === 'raw');
    assert.deepEqual(raw, []);
  });

  it('of overrides says what counts now, and shows what has ended as ended', () => {
    const document = JSON.parse(textOf('overrides.json')) as { waivers: object[] };
    document.waivers = [
      { gate: 'recall', owner: 'ana', reason: 'known', setAt: '2026-11-01T00:00:00Z', until: '2099-01-01' },
      { gate: 'drift', owner: 'ana', reason: 'over', setAt: '2026-10-01T00:00:00Z', until: '2026-10-02' },
    ];
    const message = openDocument('overrides.json', JSON.stringify(document), plain);
    assert.ok(message.type === 'report' && message.view.kind === 'page');
    assert.deepEqual(
      [message.view.headline, message.view.answer],
      ['Retraining is suppressed and 1 gate is waived', 'warn'],
    );
    const states = message.view.blocks.flatMap((one) =>
      one.type === 'table' ? one.rows.map(({ id, cells }) => `${id} ${cells[1]!.text}`) : [],
    );
    assert.deepEqual(states, ['forceSkipRetrain active', 'forceRetrain ended', 'recall active', 'drift ended']);
  });

  it('survives a document with its optional parts absent', () => {
    const search = JSON.parse(textOf('search-results.json')) as Record<string, unknown>;
    assert.equal(
      page('s.json', JSON.stringify({ ...search, trials: [], best: null, status: 'running' })).headline,
      'The search runs; no trial is finished yet',
    );
    const explanation = JSON.parse(textOf('explanation.json')) as Record<string, unknown>;
    assert.equal(page('e.json', JSON.stringify({ ...explanation, rows: [], features: [] })).blocks.length, 1);
    const drift = JSON.parse(textOf('drift-report.json')) as Record<string, unknown>;
    const unknown = {
      ...drift,
      columns: [],
      dataset: { drifted: null, share: null, threshold: null },
      reasons: { share: 'no columns' },
    };
    assert.deepEqual(
      [page('d.json', JSON.stringify(unknown)).answer, page('d.json', JSON.stringify(unknown)).headline],
      ['inconclusive', 'Not known — no columns'],
    );
  });
});

describe('pages of searches, training and explanations', () => {
  it('rank finished trials by score, below them the stopped ones, and last those without a score', () => {
    const rows = block(page('search-results.json'), 'table').rows.map(({ cells }) => [cells[1]!.text, cells[2]!.sort]);
    const statuses = rows.map(([status]) => status);
    assert.deepEqual(
      [...statuses].sort((a, b) => order(a) - order(b)),
      statuses,
    );
    const finished = rows.filter(([status]) => status === 'finished').map(([, score]) => Number(score));
    assert.deepEqual(
      finished,
      [...finished].sort((a, b) => b - a),
    );
  });
  const order = (status: unknown) => ['finished', 'stopped', 'failed', 'running'].indexOf(String(status));

  it('mark the best round and show a curve a part', () => {
    const chart = block(page('training-history.json'), 'chart');
    assert.deepEqual(chart.marks, [{ x: 151, label: 'best round 151' }]);
    assert.deepEqual(
      chart.series.map(({ name }) => name),
      ['train', 'validation'],
    );
  });

  it('add a row’s steps up from the base to its raw score', () => {
    const { rows } = block(page('explanation.json'), 'waterfall');
    const explanation = JSON.parse(textOf('explanation.json')) as { base: number; rows: { shap: number[] }[] };
    const sum = explanation.rows[0]!.shap.reduce((a, b) => a + b, explanation.base);
    assert.equal(rows[0]!.total.text, sum.toFixed(3).replace('-', '−'));
    const [first, second] = rows[0]!.steps;
    assert.equal(first!.to, second!.from);
  });

  it('keep every point of a beeswarm within its line', () => {
    const { lines } = block(page('explanation.json'), 'beeswarm');
    for (const { points } of lines) for (const { x, y } of points) assert.ok(x >= 0 && x <= 1 && y >= -1 && y <= 1);
  });
});

describe('pages of other systems’ files', () => {
  it('never call a check healthy that does not say so', () => {
    const silent = { feature: { drift_detected: false, psi: 0.01 } };
    assert.equal(page('d.json', JSON.stringify(silent)).answer, 'unknown');
  });

  it('read NaN as missing', () => {
    const text = textOf('template-training-metrics.json').replace('0.85', 'NaN');
    assert.equal(page('metrics.json', text).headline, 'Training metrics');
  });

  it('count damaged lines of a capture and show the rest', () => {
    const view = page('c.jsonl', `${textOf('data-capture.jsonl')}{broken\n`);
    assert.equal(view.headline, '4 captured requests');
    assert.equal(view.summary, '1 line cannot be read.');
  });
});
