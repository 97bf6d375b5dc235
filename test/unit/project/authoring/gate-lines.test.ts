import assert from 'node:assert/strict';
import type { GateResult } from '../../../../src/documents/gates/verdict.js';
import { gateLines } from '../../../../src/project/authoring/gate-lines.js';
import { sampleText } from './sample.js';

describe('what stands above gates of mlops.json', () => {
  const sample = sampleText('mlops.json');
  const gate = (said: Partial<GateResult>) => said as GateResult;

  it('is what the newest verdict said of each, at its place', () => {
    const lines = gateLines(sample, [
      gate({ id: 'recall', status: 'fail', metric: 'recall', value: 0.61234, operator: '>=', threshold: 0.7, n: 1200 }),
      gate({ id: 'nulls', status: 'inconclusive', metric: 'null_pct', value: null, n: null, reason: 'too few rows' }),
      gate({ id: 'of another file', status: 'pass', metric: 'f1', value: 1, threshold: null, n: null }),
    ]);
    assert.deepEqual(
      lines.map(({ title }) => title),
      ['fail: recall was 0.612, must be >= 0.7 (n 1,200)', 'inconclusive: null_pct is not known, too few rows'],
    );
    assert.ok(sample.slice(lines[0]!.from).startsWith('{ "id": "recall"'));
    assert.ok(sample.slice(lines[1]!.from).startsWith('{ "id": "nulls"'));
  });

  it('is nothing where the text cannot be read', () => {
    assert.deepEqual(gateLines('{', []), []);
    assert.deepEqual(gateLines('x'.repeat(5_000_000), []), []);
  });
});
