import assert from 'node:assert/strict';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { mlopsJson } from '../../support/cli.js';
import { madeProject, newestDocument, type MadeProject } from '../../support/projects.js';
import { describeWithData, sharedData } from '../../support/shared-data.js';

describeWithData('the 200 published readings', 'predictive_maintenance/readings_200.csv', function () {
  this.timeout(120_000);
  let project: MadeProject;
  let run: Run;

  before(async () => {
    project = await madeProject('predictive-maintenance');
    const source = `readings=${sharedData('predictive_maintenance/readings_200.csv')}`;
    run = await mlopsJson<Run>(['run', '--project', project.folder, '--source', source]);
  });
  after(() => project.remove());

  it('give the published figures (reference §4.3): accuracy 0.85, weighted F1 0.78108, and "none" for each of the 40 test rows', () => {
    assert.equal(run.error, null);
    const { metrics, n, notes } = newestDocument<MonitoringResults>(
      project.folder,
      'predictive-maintenance',
      'monitoring/runs',
      'monitoring_results.json',
    );
    assert.equal(n, 40);
    assert.equal(metrics.accuracy, 0.85);
    assert.ok(Math.abs(metrics.weighted_f1! - 0.78108) < 5e-6, `weighted F1 ${metrics.weighted_f1}`);
    assert.match(notes!.join(' '), /Every one of 40 rows is predicted as none\./);
  });
});
