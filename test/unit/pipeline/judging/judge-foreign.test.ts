import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { recognise } from '../../../../src/documents/recognise.js';
import {
  figuresOfForeignAnswer,
  figuresOfForeignResults,
  judgeForeign,
} from '../../../../src/pipeline/judging/judge-foreign.js';
import type { GateOutcome } from '../../../../src/gates/evaluate.js';
import { gate, now } from '../../gates/gate-inputs.js';

const monitor = {
  gates: [
    gate('hard recall >= 0.70', { minSamples: 5, action: 'retrain' }),
    gate('soft fpr <= 1.25 * baseline'),
    gate('soft roc_auc >= 0.95 * baseline'),
    gate('soft average_precision >= 0.90 * baseline'),
    gate('advisory null_pct(*) <= 5'),
    gate('hard z_mean(*) <= 2'),
  ],
  soft: { fail: 2, action: 'retrain' as const },
};
const stored = (name: string): unknown => JSON.parse(readFileSync(`test/fixtures/documents/${name}.json`, 'utf8'));

function results(change: (document: Record<string, unknown>) => void = () => undefined): GateOutcome {
  const document = stored('template-monitoring-results') as Record<string, unknown>;
  change(document);
  const found = recognise(document);
  assert.equal(found.kind, 'foreign-results');
  return judgeForeign({ monitor }, figuresOfForeignResults(found.document), [], now);
}
const statuses = ({ gates }: GateOutcome): Record<string, string> =>
  Object.fromEntries(gates.map(({ metric, status }) => [metric.split('(')[0]!, status]));

describe("another system's results", () => {
  it("are judged by the project's rules, from its counts and the baselines that its gates name", () => {
    const outcome = results();
    assert.deepEqual(statuses(outcome), {
      recall: 'pass',
      fpr: 'fail',
      roc_auc: 'fail',
      average_precision: 'pass',
      null_pct: 'warn',
      z_mean: 'inconclusive',
    });
    assert.equal(outcome.verdict, 'fail');
    const recall = outcome.gates[0]!;
    assert.deepEqual([recall.value, recall.n], [49 / 61, 61]);
    assert.match(
      outcome.gates[1]!.message,
      /the document says that its gate "False Positives" failed \(44742, its limit was 14073\)/,
    );
  });

  it('are not healthy because they call themselves so', () => {
    const outcome = results((document) => {
      document.retrain_needed = false;
      document.secondary_gates = [];
      document.data_quality_issues = [];
    });
    assert.equal(outcome.verdict, 'inconclusive');
    assert.equal(statuses(outcome).fpr, 'inconclusive');
  });

  it('give no verdict on too few rows', () => {
    const outcome = results((document) => {
      document.confusion_matrix = { tp: 2, fp: 0, fn: 1, tn: 90 };
    });
    assert.equal(statuses(outcome).recall, 'inconclusive');
  });

  it('are judged from an answer that holds figures alone', () => {
    const found = recognise(stored('template-evaluation'));
    assert.equal(found.kind, 'foreign-answer');
    const { gates } = judgeForeign({ monitor }, figuresOfForeignAnswer(found.document), [], now);
    assert.notEqual(gates[0]!.value, null);
    assert.equal(gates[2]!.status, 'inconclusive', 'it names no baseline');
  });
});
