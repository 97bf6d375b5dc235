import assert from 'node:assert/strict';
import { reportOf } from '../../../../src/report/monitoring/report.js';
import type { ReportView } from '../../../../src/report/view.js';
import { blocksOf, gatesOf, now, overrides, plain, results, section } from '../../../support/documents.js';

const gate = (view: ReportView, id: string) => gatesOf(view).find((one) => one.id === id)!;
const driftOf = (view: ReportView) => section(blocksOf(view), 'table', 'drift');
const held = {
  ...plain,
  overrides: overrides(),
  decisionNow: { action: 'keep', by: 'override', reason: 'held' },
} as const;

describe('report of a failed run', () => {
  const view = reportOf(results('fail'), plain);

  it('answers in one sentence', () => assert.equal(view.banner.headline, 'Fail — recall is below its floor'));

  it('tells the figures behind the answer', () =>
    assert.equal(
      view.banner.summary,
      'On 8,787 production rows the model found 15 of 24 positives (recall 0.625; must be at least 0.70). ' +
        '2 of 3 soft gates also fail.',
    ));

  it('sets the decision apart and offers the one likely next action', () => {
    assert.deepEqual([view.decision.text, view.decision.by], ['Retrain', 'asked for by the gates']);
    assert.deepEqual(view.next, { command: 'retrain', label: 'Retrain now…' });
  });

  it('says what was judged', () =>
    assert.deepEqual(
      view.facts.map(({ label, text }) => `${label}: ${text}`),
      [
        'Project: hdd-failure',
        'Environment: local',
        'Model: v3 lightgbm',
        'Data: hdd-…-production, 2013-04-10 – 05-04, n 8,787',
        'Baseline: 3 / test',
        'Run: 2026-11-21 09:31 UTC',
      ],
    ));

  it('puts every gate in one line', () => {
    const recall = gate(view, 'recall');
    assert.deepEqual(
      [
        recall.word,
        recall.title,
        recall.levelText,
        recall.value.text,
        recall.mustBe,
        recall.baseline.text,
        recall.n.text,
      ],
      ['fail', 'recall', 'hard', '0.625', '≥ 0.70', '1.000', '24'],
    );
    assert.equal(recall.why, '95 % interval 0.43 – 0.79');
    assert.equal(recall.evidence?.label, '9 missed');
    assert.equal(gate(view, 'false-positives').evidence?.label, '3,733 false alarms');
    assert.equal(gate(view, 'false-positives').levelText, 'soft 2 of 3');
    assert.match(gate(view, 'false-positives').why, /^1\.25 × baseline/);
    assert.equal(gate(view, 'drift').title, 'drift, largest of 7 features');
    assert.equal(gate(view, 'drift').why, 'z of means, smart_188_raw');
  });

  it('draws value and limit of a rate on the scale from 0 to 1', () => {
    const { bar } = gate(view, 'recall');
    assert.deepEqual([bar?.from, bar?.to, bar?.limit], [0, 0.625, 0.7]);
  });

  it('marks the missed positives that the failing hard gate counts, and only those', () => {
    const blamed = section(blocksOf(view), 'matrix').cells.filter((cell) => cell.blamed);
    assert.deepEqual(
      blamed.map(({ label, text }) => `${text} ${label}`),
      ['9 missed'],
    );
  });

  it('shows a gate that cannot be judged as a dash with its reason', () => {
    const slice = gate(view, 'recall-new');
    assert.deepEqual([slice.word, slice.value.text, slice.bar], ['inconclusive', '–', null]);
    assert.equal(slice.mustBe, '≥ 0.80 × b');
    assert.match(slice.why, /3 positives/);
  });

  it('orders features by how far they moved', () =>
    assert.deepEqual(
      driftOf(view)
        .rows.slice(0, 3)
        .map(({ id, cells }) => `${id} ${cells[2]?.text}`),
      ['smart_188_raw 0.41', 'smart_5_raw 0.22', 'smart_197_raw 0.18'],
    ));
});

describe('report under an override', () => {
  const view = reportOf(results('fail'), held);

  it('changes the decision and not the verdict', () => {
    const without = reportOf(results('fail'), plain);
    assert.deepEqual(view.banner, without.banner);
    assert.deepEqual([view.decision.text, view.decision.by], ['Keep v3', 'held by override']);
    assert.equal(view.decision.recorded, 'The run itself decided: retrain, asked for by the gates.');
  });

  it('names who set it, why and until when, and leaves out what has expired', () => {
    assert.equal(view.overrides.length, 1);
    const [override] = view.overrides;
    assert.deepEqual(
      [override?.name, override?.by, override?.until, override?.effect],
      ['forceSkipRetrain', 'the platform team', 'until 24 Nov', 'The verdict does not change; only the decision does.'],
    );
    assert.match(override!.reason, /firmware/);
  });

  it('says that skipping wins over forcing', () => {
    const both = [...overrides(), { ...overrides()[0]!, name: 'forceRetrain' as const }];
    const effects = reportOf(results('fail'), { ...held, overrides: both }).overrides.map(({ effect }) => effect);
    assert.equal(effects[1], 'It yields to forceSkipRetrain.');
  });
});

describe('reports of other verdicts', () => {
  it('passes with nothing to do', () => {
    const view = reportOf(results('pass'), plain);
    assert.equal(view.banner.headline, 'Pass — all 7 gates hold');
    assert.equal(view.next, null);
    assert.equal(view.decision.text, 'Keep v3');
  });

  it('says what cannot be judged and why, and proposes to monitor again', () => {
    const view = reportOf(results('inconclusive'), plain);
    assert.equal(view.banner.headline, 'Inconclusive — recall and drift of smart_187_raw cannot be judged yet');
    assert.match(view.banner.summary, /at least 5 are needed/);
    assert.equal(view.next?.command, 'monitor');
    const last = driftOf(view).rows.at(-1)!;
    assert.deepEqual([last.id, last.cells[2]?.text, last.answer], ['smart_187_raw', '–', 'inconclusive']);
    assert.equal(last.cells[2]?.reason, 'it has no values in the baseline');
  });

  it('does not pass texts that were not compared, though none is missing, and says why', () => {
    const passed = results('pass');
    const reason = 'it has more than 1,000 different values';
    const street = { ...passed.columns[0]!, column: 'street', z: null, psi: null, histogram: null, reason };
    const columns = [{ ...street, newCategories: { share: null, names: [] } }];
    const nulls = {
      ...passed.gates[0]!,
      ...{ id: 'nulls', metric: 'null_rise(*)', status: 'pass' as const },
      evidence: {
        kind: 'columns' as const,
        columns: [{ column: 'street', value: 0, status: 'pass' as const, threshold: 5 }],
      },
    };
    const [row] = driftOf(reportOf({ ...passed, columns, gates: [nulls] }, plain)).rows;
    assert.equal(row!.answer, 'unknown');
    assert.ok(row!.cells.some((cell) => cell.reason === `not compared, because ${reason}`));
  });

  it('shows a model that predicts a number without confusion, with each figure beside its baseline', () => {
    const view = reportOf(results('regression'), plain);
    assert.equal(view.banner.headline, 'Fail — drift of sqft_living is above its limit');
    assert.deepEqual(
      view.sections.map(({ block }) => block.id),
      ['gates', 'metrics', 'drift'],
    );
    assert.deepEqual(view.absent, []);
    assert.deepEqual(
      section(blocksOf(view), 'tiles').tiles.map(({ title, value, change }) =>
        `${title} ${value.text} ${change}`.trim(),
      ),
      [
        'RMSE 24,513 713 worse',
        'MAE 17,821 719 worse',
        'MAPE 0.046 0.001 worse',
        'R² 0.913 0.008 worse',
        'mean error −312.4',
      ],
    );
  });

  it('warns when fewer soft gates fail than make the group fail', () => {
    const base = results('pass');
    const gates = base.gates.map((one) => (one.id === 'roc-auc' ? { ...one, status: 'fail' as const } : one));
    const view = reportOf(
      {
        ...base,
        verdict: 'warn',
        gates,
        soft: { fail: 2, of: 3, failed: 1, inconclusive: 0, status: 'warn', action: 'retrain' },
      },
      plain,
    );
    assert.equal(view.banner.headline, 'Warning — 1 of 3 soft gates fails: ROC AUC');
  });

  it('warns of an advisory gate that cannot be judged, and names it', () => {
    const base = results('pass');
    const gates = base.gates.map((one) =>
      one.id === 'precision'
        ? {
            ...one,
            status: 'inconclusive' as const,
            value: null,
            message: 'x cannot be judged: nothing flagged',
            reason: 'nothing flagged',
          }
        : one,
    );
    const view = reportOf({ ...base, verdict: 'warn', gates }, plain);
    assert.equal(view.banner.headline, 'Warning — precision cannot be judged yet');
    assert.equal(gate(view, 'precision').why, 'nothing flagged');
    const older = gates.map((one) => ({ ...one, reason: undefined }));
    const shown = reportOf({ ...base, verdict: 'warn', gates: older }, plain);
    assert.equal(gate(shown, 'precision').why, 'x cannot be judged: nothing flagged', 'told whole where it is all');
  });

  it('names the owner of a waiver in the line of its gate', () => {
    const base = results('fail');
    const waived = { owner: 'ada', reason: 'known', until: '2026-12-01T00:00:00Z' };
    const gates = base.gates.map((one) => (one.id === 'recall' ? { ...one, waived } : one));
    assert.match(gate(reportOf({ ...base, gates }, plain), 'recall').why, /^waived by ada until 1 Dec: known/);
  });

  it('draws no button for what the host cannot do', () => {
    const view = reportOf(results('fail'), { overrides: overrides(), now, commands: [] });
    assert.equal(view.next, null);
    assert.deepEqual(view.actions, []);
    assert.equal(view.overrides[0]?.clear, null);
    assert.equal(gate(view, 'recall').evidence?.action, null);
  });

  it('survives the way to a page as plain JSON', () => {
    const view = reportOf(results('fail'), held);
    assert.deepEqual(JSON.parse(JSON.stringify(view)), view);
  });
});
