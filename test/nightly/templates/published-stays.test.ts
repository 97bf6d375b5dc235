import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Run } from '../../../src/documents/run.js';
import type { SplitManifest } from '../../../src/documents/tables/split-manifest.js';
import { mlopsJson } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';
import { describeWithData } from '../../support/shared-data.js';

/** Who went home like this died or is in a hospice. */
const gone = new Set(['11', '13', '14', '19', '20', '21']);

describeWithData('101,766 published stays', 'diabetes130/diabetic_data.csv.gz', function (file) {
  this.timeout(300_000);
  let project: MadeProject;

  before(async () => (project = await madeProject('readmission')));
  after(() => project.remove());

  it('are divided in the order of the file, 14,247 / 3,053 / 3,053 / 81,413 before who does not come back is left out (reference §2.1, §2.2)', async () => {
    const [head, ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trim().split(/\r?\n/);
    assert.equal(lines.length, 101_766);
    const names = head!.split(',');
    const [left, target] = [names.indexOf('discharge_disposition_id'), names.indexOf('readmitted')];
    const ends = [0, 14_247, 14_247 + 3053, 20_353, 101_766];
    const parts = ends.slice(1).map((end, at) => lines.slice(ends[at], end).map((line) => line.split(',')));
    assert.deepEqual(
      parts.map((rows) => rows.length),
      [14_247, 3053, 3053, 81_413],
    );
    const back = parts[0]!.filter((row) => row[target] !== 'NO').length;
    assert.equal((back / 14_247).toFixed(4), '0.4846', '51.54 % of the first part do not come back');

    const words = ['run', 'ingest', 'features', '--project', project.folder, '--source', `encounters=${file}`];
    const run = await mlopsJson<Run>(words);
    assert.equal(run.error, null);
    const manifest = JSON.parse(
      readFileSync(join(project.folder, '.mlops/buckets/readmission/features/split-manifest.json'), 'utf8'),
    ) as SplitManifest;
    const kept = parts.map((rows) => rows.filter((row) => !gone.has(row[left]!)));
    const { train, validation, test, production } = manifest.parts;
    const made = [train, validation, test, production];
    assert.deepEqual(
      made.map(({ rows, positives }) => [rows, positives]),
      kept.map((rows) => [rows.length, rows.filter((row) => row[target] !== 'NO').length]),
    );
    assert.deepEqual(
      made.map(({ rows }) => rows),
      [13_981, 2996, 2995, 79_371],
    );
  });
});
