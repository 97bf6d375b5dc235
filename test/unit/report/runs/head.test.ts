import assert from 'node:assert/strict';
import { headWords } from '../../../../src/report/runs/head.js';
import { runLine } from '../../../../src/report/runs/run-line.js';
import { manyRuns } from '../../../support/many-runs.js';

const lines = manyRuns(10).map(runLine);

describe('what stands above the runs', () => {
  it('is what broke since, and no answer of before', () => {
    const broken = { stage: 'features', status: 'failed', reason: 'found no column "a"\n  at somewhere' };
    const { answer, headline, summary } = headWords(lines, undefined, broken);
    assert.deepEqual([answer, headline], [null, 'Features failed']);
    assert.match(summary, /^found no column "a"\. 10 runs: /);
  });

  it('says that there is no verdict yet', () => {
    assert.equal(headWords(lines, undefined).headline, 'No verdict yet');
    assert.equal(headWords([], undefined).headline, 'No runs yet');
  });
});
