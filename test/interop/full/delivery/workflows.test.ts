import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../support/temporary.js';
import { accepts, exportsOf, validator } from './validators.js';

describe('the workflows for GitHub Actions', function () {
  this.timeout(120_000);

  it('are by the schema of its workflows', async () => {
    const { folders, remove } = await exportsOf(['pipeline', 'export', '--to', 'github-actions']);
    for (const folder of folders) {
      const at = join(folder, '.github/workflows');
      const files = readdirSync(at).map((name) => join(at, name));
      accepts(validator('check-jsonschema'), ['--builtin-schema', 'vendor.github-workflows', ...files]);
    }
    await remove();
  });
});

describe('the DAGs for Airflow', function () {
  this.timeout(240_000);

  it('are read by its own loader, with their tasks in their order', async () => {
    const { folders, remove } = await exportsOf(['pipeline', 'export', '--to', 'airflow']);
    const home = temporaryFolder();
    const python = process.env.MLOPS_PYTHON_AIRFLOW ?? '';
    const env = { ...process.env, AIRFLOW_HOME: home.path, AIRFLOW__CORE__LOAD_EXAMPLES: 'False' };
    const dags = folders.map((folder) => join(folder, 'dags'));
    const read = spawnSync(python, [join(import.meta.dirname, 'airflow_dags.py'), ...dags], { encoding: 'utf8', env });
    home.remove();
    await remove();
    assert.equal(read.status, 0, read.stderr);
    const found = JSON.parse(read.stdout.trim().split('\n').at(-1)!) as Record<string, string[]>;
    assert.equal(Object.keys(found).length, 3 * folders.length);
    assert.deepEqual(found['hdd-failure_monitoring'], ['judge', 'retrain', 'verdict']);
  });
});
