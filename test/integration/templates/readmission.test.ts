import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import type { SplitManifest } from '../../../src/documents/tables/split-manifest.js';
import { mlopsJson } from '../../support/cli.js';
import { madeProject, newestDocument, type MadeProject } from '../../support/projects.js';

/** Who went home like this died or is in a hospice. */
const gone = new Set(['11', '13', '14', '19', '20', '21']);

describe('hospital readmission: a search over three families, from the sample to the verdict', function () {
  this.timeout(120_000);
  let project: MadeProject;
  let run: Run;

  before(async () => {
    project = await madeProject('readmission', '--sample');
    run = await mlopsJson<Run>(['run', '--project', project.folder]);
  });
  after(() => project.remove());

  it('divides the file in its own order, a fifth known at first, and leaves out who does not come back', () => {
    const [head, ...lines] = readFileSync(join(project.folder, 'data/encounters.csv'), 'utf8').trim().split('\n');
    const at = head!.split(',').indexOf('discharge_disposition_id');
    const rows = lines.map((line) => !gone.has(line.split(',')[at]!));
    // As shares of the seed's own rule: test and validation are rounded up.
    const known = Math.floor(0.2 * rows.length);
    const test = Math.ceil(0.15 * known);
    const validation = Math.ceil((0.15 / 0.85) * (known - test));
    const ends = [0, known - test - validation, known - test, known, rows.length];
    const expected = ends.slice(1).map((end, index) => rows.slice(ends[index], end).filter(Boolean).length);
    const manifest = JSON.parse(
      readFileSync(join(project.folder, '.mlops/buckets/readmission/features/split-manifest.json'), 'utf8'),
    ) as SplitManifest;
    const { train, validation: chosen, test: tested, production } = manifest.parts;
    assert.deepEqual(
      [train, chosen, tested, production].map((part) => part.rows),
      expected,
    );
  });

  it('passes its gates on the future', () => {
    assert.equal(run.error, null);
    assert.equal(run.verdict, 'pass');
    const { gates } = newestDocument<MonitoringResults>(
      project.folder,
      'readmission',
      'monitoring/runs',
      'monitoring_results.json',
    );
    assert.deepEqual(
      gates.map(({ id, status }) => `${id} ${status}`),
      ['roc-auc', 'drift', 'roc-auc-change', 'f1-change', 'recall-change', 'nulls'].map((id) => `${id} pass`),
    );
  });
});
