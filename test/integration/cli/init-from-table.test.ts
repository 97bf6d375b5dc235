import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelVersion } from '../../../src/platform/ports.js';
import type { Run } from '../../../src/documents/run.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

describe('mlops init --from TABLE', function () {
  this.timeout(60_000);
  const place = temporaryFolder();
  const folder = join(place.path, 'made');
  after(async () => {
    await mlops(['endpoint', 'delete', 'customers-2024', '--project', folder]);
    place.remove();
  });

  it('makes a project that runs to a verdict, with a proven model and the table untouched', async () => {
    const u = lcgNumbers(3);
    const rows = Array.from({ length: 3000 }, (_, i) => {
      const [age, plan] = [20 + Math.floor(u() * 50), u() < 0.5 ? 'basic' : 'plus & more'];
      const stays = u() < (plan === 'basic' ? 0.05 : 0.6) + age / 250;
      return `C${i};${u() < 0.05 ? '' : age};${plan};${stays ? 'yes' : 'no'}`;
    });
    const csv = `customer;Age;plan;stays\n${rows.join('\n')}\n`;
    const file = join(place.path, 'Customers 2024.csv');
    writeFileSync(file, csv);
    const made = await mlopsJson<{ task: string; inputs: string[] }>([
      ...['init', folder, '--from', file, '--target', 'stays', '--positive', 'yes'],
    ]);
    assert.deepEqual([made.task, made.inputs], ['binary', ['Age', 'plan']]);
    assert.equal(readFileSync(join(folder, 'data/Customers 2024.csv'), 'utf8'), csv);

    const run = await mlopsJson<Run>(['run', '--project', folder]);
    assert.equal(run.error, null);
    const { models } = await mlopsJson<{ models: ModelVersion[] }>(['model', 'list', '--project', folder]);
    const first = models.at(-1)!;
    assert.equal(first.status, 'Approved', first.description);
    assert.ok(first.metrics.roc_auc! > 0.75, `${first.metrics.roc_auc}`);
  });

  it('touches nothing that is there', async () => {
    const { code, stderr } = await mlops([
      'init',
      folder,
      '--from',
      join(folder, 'data/Customers 2024.csv'),
      '--target',
      'stays',
    ]);
    assert.equal(code, 2);
    assert.match(stderr, /expected a new or an empty folder/);
  });

  it('says of a table of few rows that there is nothing to tell apart, and blames no candidate', async () => {
    const table = join(place.path, 'few.csv');
    writeFileSync(table, `x,y\n${Array.from({ length: 5 }, (_, i) => `${i},${i === 0 ? 1 : 0}`).join('\n')}\n`);
    const few = join(place.path, 'few');
    await mlops(['init', few, '--from', table, '--target', 'y']);
    const { code, stderr } = await mlops(['run', '--to', 'train', '--project', few]);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /train: features\.sql: found y [01] in all 2 rows of the training part, expected both 0 and 1; bring more rows/,
    );
    assert.doesNotMatch(stderr, /candidate/);
  });
});
