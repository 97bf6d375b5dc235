import assert from 'node:assert/strict';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { mlopsJson } from '../../support/cli.js';
import { madeProject, newestDocument, type MadeProject } from '../../support/projects.js';

interface Scenario {
  template: string;
  scenario: 'drifted' | 'failing';
  /** The gate that has to fail, and between which values its figure has to lie by how the rows are made. */
  gate: string;
  between: [number, number];
  why: string;
}

/** As docs/TEMPLATES.md says it: what is expected follows from the SQL of the sample, not from what a run said. */
const scenarios: Scenario[] = [
  {
    ...{ template: 'hdd-failure', scenario: 'drifted', gate: 'drift', between: [2, 20] },
    why: 'eight command timeouts more, whose deviation is about one',
  },
  {
    ...{ template: 'hdd-failure', scenario: 'failing', gate: 'recall', between: [0.1, 0.6] },
    why: '35 in 100 failures show something: recall is near 0.35 and what the false alarms catch',
  },
  {
    ...{ template: 'house-prices', scenario: 'drifted', gate: 'drift', between: [2.2, 2.6] },
    why: '1,200 square feet more, of a deviation of 495.66: 2.42, give or take the mean of 300 rows',
  },
  {
    ...{ template: 'house-prices', scenario: 'failing', gate: 'r2', between: [-1.4, -0.6] },
    why: 'the price of another house: 1 - 2 variances / 1 variance = -1',
  },
  {
    ...{ template: 'readmission', scenario: 'drifted', gate: 'drift', between: [0.25, 20] },
    why: 'two columns move by more than half of their range',
  },
  {
    ...{ template: 'readmission', scenario: 'failing', gate: 'roc-auc', between: [0.45, 0.6] },
    why: 'nine in ten by chance: 0.5 + 0.1 × (0.88 - 0.5)',
  },
  {
    ...{ template: 'predictive-maintenance', scenario: 'drifted', gate: 'mean-drift', between: [2, 8] },
    why: '60 bar more, whose deviation is 10 of most and 24 with comp3',
  },
  {
    ...{ template: 'predictive-maintenance', scenario: 'failing', gate: 'accuracy', between: [0.64, 0.76] },
    why: 'three in ten foretell what does not show',
  },
];

for (const { template, scenario, gate, between, why } of scenarios)
  describe(`the ${scenario} sample of ${template}`, function () {
    this.timeout(300_000);
    let project: MadeProject;

    before(async () => {
      project = await madeProject(template, '--sample', '--scenario', scenario);
    });
    after(() => project.remove());

    it(`fails by its gate on ${gate}: ${why}`, async () => {
      const run = await mlopsJson<Run>(['run', '--project', project.folder]);
      assert.equal(run.error, null);
      assert.equal(run.verdict, 'fail');
      const { gates } = newestDocument<MonitoringResults>(
        ...([project.folder, template, 'monitoring/runs', 'monitoring_results.json'] as const),
      );
      const found = gates.find(({ id }) => id === gate)!;
      assert.equal(found.status, 'fail', found.message);
      const [least, most] = between;
      assert.ok(found.value! >= least && found.value! <= most, found.message);
    });
  });
