import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { predictsAsGenuine } from '../../support/genuine-categories.js';
import { temporaryFolder } from '../../support/temporary.js';

const python = process.env.MLOPS_PYTHON_LEARN;

describe("genuine LightGBM's models of pandas categories", function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('predict the same here to 1e-12, from CSV and from Parquet', async () => {
    assert.ok(python, 'MLOPS_PYTHON_LEARN is set by the suite');
    const script = resolve('test/interop/full/pandas_categories.py');
    await promisify(execFile)(python, [script, folder.path, '--tables']);
    const models = readdirSync(folder.path).filter((name) => name.endsWith('.txt'));
    assert.ok(models.length > 15, `${models.length} models`);
    for (const name of models)
      for (const extension of ['csv', 'parquet'] as const)
        await predictsAsGenuine(join(folder.path, name.slice(0, -4)), extension);
  });
});
