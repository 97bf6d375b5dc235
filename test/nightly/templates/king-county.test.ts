import assert from 'node:assert/strict';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { mlopsJson } from '../../support/cli.js';
import { madeProject, newestDocument, type MadeProject } from '../../support/projects.js';
import { describeWithData } from '../../support/shared-data.js';

/**
 * What scikit-learn says of the same rows: `RandomForestRegressor(100, random_state=42)` on the same five columns learns
 * from the 11,751 sales until October 2014, and has R² 0.759 on the 2,882 of the two months after and 0.777 on the 6,980 of
 * 2015, with a mean absolute error of 94,564. Another forest of 100 trees differs by a hundredth.
 */
describeWithData('house prices of King County', 'house_prices/kc_house_data.csv', function (sales) {
  this.timeout(600_000);
  let project: MadeProject;
  let run: Run;

  before(async () => {
    project = await madeProject('house-prices');
    run = await mlopsJson<Run>(['run', '--project', project.folder, '--source', `sales=${sales}`]);
  });
  after(() => project.remove());

  it('are learned from until October, and judged by all that was sold in 2015', () => {
    assert.equal(run.error, null);
    assert.equal(run.verdict, 'pass');
    const { n, metrics, gates, notes } = newestDocument<MonitoringResults>(
      ...([project.folder, 'house-prices', 'monitoring/runs', 'monitoring_results.json'] as const),
    );
    assert.equal(n, 6980);
    assert.ok(Math.abs(metrics.r2! - 0.777) < 0.01, `R² ${metrics.r2}`);
    assert.ok(Math.abs(metrics.mae! - 94_564) < 1500, `MAE ${metrics.mae}`);
    const drift = gates.find(({ id }) => id === 'drift')!;
    // The neighbourhoods' mean moves by 0.0902 deviations, and no other column's by more.
    assert.ok(Math.abs(drift.value! - 0.0902) < 1e-4, drift.message);
    assert.ok(!(notes ?? []).join(' ').includes('test rows'), 'no test row stands in for production');
  });
});
