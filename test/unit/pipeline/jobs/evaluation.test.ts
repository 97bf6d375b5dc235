import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { monitoringResultsSchema } from '../../../../src/documents/monitoring.js';
import { evaluationOf } from '../../../../src/pipeline/jobs/results.js';

const stored = monitoringResultsSchema.parse({
  ...(JSON.parse(readFileSync('test/fixtures/documents/monitoring-pass.json', 'utf8')) as object),
  soft: null,
});
const unforced = { forceRetrain: false, forceSkipRetrain: false };

describe("the evaluation that the pipeline's condition reads", () => {
  const statusOf = (verdict: typeof stored.verdict, action: 'keep' | 'retrain', by: string) =>
    evaluationOf({ ...stored, verdict, decision: { action, by, reason: '' } }, unforced).status;

  it('says RETRAIN when that is the decision, whoever made it', () => {
    assert.equal(statusOf('fail', 'retrain', 'gates'), 'RETRAIN');
    assert.equal(statusOf('pass', 'retrain', 'override'), 'RETRAIN');
  });

  it('says HEALTHY of a verdict that passed, or where retraining was suppressed', () => {
    assert.equal(statusOf('pass', 'keep', 'gates'), 'HEALTHY');
    assert.equal(statusOf('warn', 'keep', 'gates'), 'HEALTHY');
    assert.equal(statusOf('fail', 'keep', 'override'), 'HEALTHY');
  });

  it('never says it of what failed or could not be judged', () => {
    assert.equal(statusOf('fail', 'keep', 'gates'), 'FAILED');
    assert.equal(statusOf('inconclusive', 'keep', 'hold'), 'INCONCLUSIVE');
    assert.equal(statusOf('error', 'keep', 'hold'), 'INCONCLUSIVE');
    assert.equal(statusOf('inconclusive', 'keep', 'override'), 'INCONCLUSIVE');
    assert.equal(statusOf('error', 'keep', 'override'), 'INCONCLUSIVE');
  });

  it("has the figures under the template's names, and null for what could not be computed", () => {
    const { metrics } = stored;
    const found = evaluationOf({ ...stored, metrics: { ...metrics, roc_auc: null } }, unforced);
    assert.equal(found.recall, metrics.recall);
    assert.equal(found.avg_precision, metrics.average_precision);
    assert.equal(found.roc_auc, null);
    assert.equal(found.samples, stored.n);
  });
});
