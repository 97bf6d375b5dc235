import assert from 'node:assert/strict';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { mlopsJson } from '../../support/cli.js';
import { madeProject, newestDocument } from '../../support/projects.js';

/** What docs/TEMPLATES.md says of each, by how the sample is made. */
const scenarios = [
  { scenario: 'healthy', verdict: 'pass', failed: [] },
  // Shares move from the full bins to the empty ones.
  { scenario: 'drifted', verdict: 'fail', failed: ['drift'] },
  // Bikes by chance: average precision is about the share of stock-outs, 0.15.
  { scenario: 'failing', verdict: 'fail', failed: ['pr-auc', 'f1'] },
];

describe('the sample of the bike stations says what each scenario shows', function () {
  this.timeout(600_000);

  for (const { scenario, verdict, failed } of scenarios)
    it(`${scenario}: ${verdict}${failed.length === 0 ? '' : `, for ${failed.join(' and ')}`}`, async () => {
      const project = await madeProject('bikeshare', '--sample', '--scenario', scenario);
      try {
        const run = await mlopsJson<Run>(['run', '--project', project.folder]);
        assert.equal(run.error, null);
        assert.equal(run.verdict, verdict);
        const { gates } = newestDocument<MonitoringResults>(
          project.folder,
          'bikeshare',
          'monitoring/runs',
          'monitoring_results.json',
        );
        const hard = gates.filter(({ level, status }) => level === 'hard' && status === 'fail').map(({ id }) => id);
        for (const gate of failed) assert.ok(hard.includes(gate), `${gate} among ${hard.join(', ')}`);
        if (failed.length === 0) assert.deepEqual(hard, []);
      } finally {
        await project.remove();
      }
    });
});
