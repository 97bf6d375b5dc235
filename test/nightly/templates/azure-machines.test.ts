import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { mlopsJson } from '../../support/cli.js';
import { madeProject, newestDocument, type MadeProject } from '../../support/projects.js';
import { withReadmeParts } from '../../support/readme-parts.js';
import { describeWithData } from '../../support/shared-data.js';

/**
 * What scikit-learn says of the same rows, their features computed anew in pandas: a balanced forest of 100 trees, 20 deep,
 * two rows a leaf, has an accuracy of 0.9945 and a macro F1 of 0.644 on 2,720 production rows. It finds all 32 rows before a
 * failure of comp1 and comp2, and one of the 16 before the only ones of comp3 and comp4.
 */
describeWithData('the Azure predictive maintenance data of 20 machines', 'pdm_azure/subset20', function (folder) {
  this.timeout(300_000);
  let project: MadeProject;
  let run: Run;

  before(async () => {
    project = await madeProject('predictive-maintenance');
    const file = join(project.folder, 'mlops.json');
    writeFileSync(file, withReadmeParts(readFileSync(file, 'utf8'), join(project.folder, 'README.md')));
    const tables = { telemetry: 'telemetry.csv.gz', errors: 'errors.csv', maint: 'maint.csv' };
    const files = { ...tables, failures: 'failures.csv', machines: 'machines.csv' };
    const sources = Object.entries(files).flatMap(([name, end]) => ['--source', `${name}=${folder}/PdM_${end}`]);
    run = await mlopsJson<Run>(['run', '--project', project.folder, ...sources]);
  });
  after(() => project.remove());

  it('foretells what its README says, by the parts of mlops.json that stand there', () => {
    assert.equal(run.error, null);
    assert.equal(run.verdict, 'warn');
    const { n, metrics, gates } = newestDocument<MonitoringResults>(
      ...([project.folder, 'predictive-maintenance', 'monitoring/runs', 'monitoring_results.json'] as const),
    );
    assert.equal(n, 2720);
    assert.ok(Math.abs(metrics.accuracy! - 0.9945) < 0.003, `accuracy ${metrics.accuracy}`);
    assert.ok(Math.abs(metrics.macro_f1! - 0.644) < 0.1, `macro F1 ${metrics.macro_f1}`);
    const failed = gates.filter(({ status }) => status === 'fail').map(({ id }) => id);
    assert.deepEqual(failed, ['macro-f1'], 'one of two soft gates: the verdict warns');
  });
});
