import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelVersion } from '../../../src/platform/ports/registry.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';
import { lcgNumbers } from '../../unit/models/support/golden.js';

describe('a version whose gates hold without proving anything', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  after(() => place.remove());

  /** Trains on a table; its row is what `cells` makes of a number between 0 and 1. */
  const trained = async (
    name: string,
    rows: number,
    header: string,
    cells: (u: () => number, row: number) => unknown[],
  ) => {
    const u = lcgNumbers(7);
    const table = join(place.path, `${name}.csv`);
    const lines = Array.from({ length: rows }, (_, row) => cells(u, row).join(','));
    writeFileSync(table, `${header}\n${lines.join('\n')}\n`);
    const at = join(place.path, name);
    await mlops(['init', at, '--from', table, '--target', 'y']);
    const { stderr, stdout } = await mlops(['run', '--to', 'train', '--project', at]);
    const { models } = await mlopsJson<{ models: ModelVersion[] }>(['model', 'list', '--project', at]);
    return { model: models[0]!, said: stderr + stdout };
  };
  const held = ({ model, said }: { model: ModelVersion; said: string }, words: RegExp) => {
    assert.equal(model.status, 'PendingManualApproval', model.description);
    assert.match(model.description, words);
    assert.match(said, words);
  };

  it('waits for a person where a column gives the answer away, of two classes and of numbers', async () => {
    const classes = await trained('classes', 1200, 'x,refunded,y', (u) => {
      const y = u() < 0.4 ? 1 : 0;
      return [u().toFixed(4), y * 10 + u(), y];
    });
    held(classes, /ROC AUC is 1, too good to be true: look for a column that holds the answer/);
    const numbers = await trained('numbers', 1200, 'x,cents,y', (u) => {
      const y = 100 * u();
      return [u().toFixed(4), 100 * y, y];
    });
    held(numbers, /R² is (1|0\.999\d*), too good to be true/);
  });

  it('waits for a person where a handful of rows was all there was to test on', async () => {
    const few = await trained('few', 40, 'x,z,y', (u, row) => [row % 2 === 0 ? u() : 0.7 + u(), u(), row % 2]);
    assert.notEqual(few.model.status, 'Approved', few.model.description);
    assert.match(few.model.description, /only \d rows/);
  });

  it('approves what is good without being perfect', async () => {
    const good = await trained('good', 1200, 'x,z,y', (u) => {
      const x = u();
      return [x.toFixed(4), u().toFixed(4), u() < 0.1 + 0.8 * x ? 1 : 0];
    });
    assert.equal(good.model.status, 'Approved', good.model.description);
  });
});
