import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

/** Names that documents use for something else, and one that every object has. */
const names = ['kind', 'schemaVersion', 'column kind', 'constructor'];

describe('columns that are called as a key of a document', function () {
  this.timeout(60_000);
  const place = temporaryFolder();
  const project = join(place.path, 'names');
  after(async () => {
    await mlops(['endpoint', 'delete', 'names', '--project', project]);
    place.remove();
  });

  it('are learned from, served and watched like any other', async () => {
    const u = lcgNumbers(5);
    const rows = Array.from({ length: 300 }, () => {
      const values = names.map(() => u());
      return [...values, 3 * values[0]! + values[1]! + u() / 4].map((value) => value.toFixed(3)).join(',');
    });
    const table = join(place.path, 'names.csv');
    writeFileSync(table, `${[...names, 'price'].join(',')}\n${rows.join('\n')}\n`);
    await mlops(['init', project, '--from', table, '--target', 'price']);
    const run = await mlopsJson<Run>(['run', '--project', project]);
    assert.equal(run.error ?? null, null);
    const results = join(
      project,
      '.mlops/buckets/names',
      run.stages.find(({ name }) => name === 'monitor')!.outputs[0]!.uri,
    );
    const { columns } = JSON.parse(readFileSync(results, 'utf8')) as MonitoringResults;
    for (const name of names) {
      const seen = columns.find((one) => one.column === name);
      assert.equal(typeof seen?.z, 'number', `${name}: ${JSON.stringify(seen)}`);
    }
  });
});
