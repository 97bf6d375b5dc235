import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { mlopsJson } from '../../support/cli.js';
import { madeProject, newestDocument, type MadeProject } from '../../support/projects.js';

const resultsOf = ({ folder }: MadeProject) =>
  newestDocument<MonitoringResults>(folder, 'predictive-maintenance', 'monitoring/runs', 'monitoring_results.json');

/** What the made readings say by their own rule, without any model. */
function ruleOf([volt, rotate, pressure, vibration]: number[]): string {
  if (volt! > 300) return 'comp1';
  if (rotate! < 1000) return 'comp2';
  if (pressure! > 160) return 'comp3';
  return vibration! > 65 ? 'comp4' : 'none';
}

describe('predictive maintenance: several classes, from the sample to the verdict', function () {
  this.timeout(120_000);
  let project: MadeProject;
  let run: Run;

  before(async () => {
    project = await madeProject('predictive-maintenance', '--sample');
    run = await mlopsJson<Run>(['run', '--project', project.folder]);
  });
  after(() => project.remove());

  it('passes, and is right where the rule that made the readings is right', () => {
    const [head, ...lines] = readFileSync(join(project.folder, 'data/readings.csv'), 'utf8').trim().split('\n');
    const at = Object.fromEntries(head!.split(',').map((name, index) => [name, index]));
    const rows = lines.map((line) => line.split(',')).filter((row) => row[at.split!] === 'production');
    const right = rows.filter((row) => {
      const sensors = ['volt', 'rotate', 'pressure', 'vibration'].map((name) => Number(row[at[name]!]));
      return ruleOf(sensors) === row[at.failure!];
    });
    assert.equal(run.error, null);
    assert.equal(run.verdict, 'pass');
    assert.equal(resultsOf(project).n, rows.length, 'test rows stand in for no production row');
    assert.equal(resultsOf(project).metrics.accuracy, right.length / rows.length);
  });
});
