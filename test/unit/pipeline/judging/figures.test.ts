import assert from 'node:assert/strict';
import { evaluateGates } from '../../../../src/gates/evaluate.js';
import { binaryEvaluation } from '../../../../src/models/metrics/binary-evaluation.js';
import { qualityFigures } from '../../../../src/pipeline/evaluating/figures.js';

describe('a figure of a model', () => {
  const judged = (rule: string, labels: number[], scores: number[], minSamples?: number) => {
    const figures = qualityFigures('binary', binaryEvaluation(labels, scores, 0.5));
    const { gates } = evaluateGates({
      rules: [{ id: 'gate', level: 'hard', rule, minSamples }],
      figures: { figures, columns: {} },
      baseline: null,
      window: { from: null, to: null },
      waivers: [],
      now: new Date('2026-01-01'),
    });
    return gates[0]!;
  };

  it('is judged as soon as it stands in the table: with its denominator, interval and the rows that speak against it', () => {
    const gate = judged('npv >= 0.9', [0, 0, 0, 1, 1], [0.1, 0.2, 0.3, 0.4, 0.9]);
    assert.deepEqual([gate.status, gate.value, gate.n], ['fail', 0.75, 4]);
    assert.deepEqual(gate.evidence, { kind: 'rows', label: 'false negatives', count: 1 });
    assert.deepEqual(gate.interval!.map((end) => end.toFixed(4)), ['0.3006', '0.9544']); // prettier-ignore
  });

  it('counts its own denominator where a gate asks for a minimum, and says why there is none', () => {
    assert.equal(
      judged('npv >= 0.9', [0, 0, 1], [0.1, 0.8, 0.9], 2).reason,
      'only 1 predicted negative, at least 2 are needed',
    );
    assert.equal(judged('npv >= 0.9', [0, 1], [0.8, 0.9]).reason, 'nothing was predicted negative');
  });
});
