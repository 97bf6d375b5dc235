import assert from 'node:assert/strict';
import type { ColumnDrift, MonitoringResults } from '../../../../src/documents/monitoring.js';
import { evidenceOf } from '../../../../src/pipeline/looping/evidence.js';

const column = (name: string, psi: number): ColumnDrift => ({
  ...{ column: name, z: 0, infinite: false, psi, importance: null, histogram: null },
  baseline: { mean: 0, std: 1, nullPct: 0, count: 1_000_000 },
  current: { mean: 0, std: 1, nullPct: 0, count: 1_000_000 },
});
const results = {
  ...{ verdict: 'pass', modelVersion: 'v1', retrain_reasons: [], decision: { by: 'rule' }, n: 100 },
  ...{ metrics: { f1: 0.8 }, baselineMetrics: { f1: 0.85 } },
  columns: [column('util_bikes', 0), column('util_docks', 0.4), column('hour', 3)],
} as unknown as MonitoringResults;

describe('what results say to the loop', () => {
  it('is how far the inputs moved that gates look at, and no calendar', () => {
    const found = evidenceOf('key', results, 'f1', ['util_*']);
    // A millionth sample leaves nothing to chance worth a digit; the mean of 0 and 0.4.
    assert.ok(Math.abs(found.score! - 0.2) < 1e-4, String(found.score));
    assert.equal(found.share, 0.5);
    assert.ok(Math.abs(found.drop! - 0.05) < 1e-12);
  });

  it('is how far all inputs moved where no gate names any', () => {
    assert.equal(evidenceOf('key', results, 'f1').share, 2 / 3);
  });
});
