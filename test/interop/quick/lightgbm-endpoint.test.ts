import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'jsonc-parser';
import { mlops, mlopsJson } from '../../support/cli.js';

const python = process.env.MLOPS_PYTHON_LEARN;

describe("genuine LightGBM reads the served model's file", function () {
  this.timeout(180_000);
  const folder = join(mkdtempSync(join(tmpdir(), 'mlops-lightgbm-')), 'project');

  after(async () => {
    await mlops(['endpoint', 'delete', 'hdd-failure', '--project', folder]);
    rmSync(resolve(folder, '..'), { recursive: true, force: true });
  });

  it('and predicts what the endpoint answers, to 1e-12', async () => {
    assert.ok(python, 'MLOPS_PYTHON_LEARN is set by the suite');
    const made = await mlops(['init', 'hdd-failure', folder, '--sample']);
    assert.equal(made.code, 0, made.stderr);
    const config = join(folder, 'mlops.json');
    writeFileSync(config, withoutLogistic(readFileSync(config, 'utf8')));
    const run = await mlops(['run', '--to', 'deploy', '--project', folder]);
    assert.equal(run.code, 0, run.stderr);
    const table = join(folder, 'production.csv');
    await mlops(['feature-group', 'export', 'hdd-failure-production', table, '--project', folder]);

    const bucket = join(folder, '.mlops/buckets/hdd-failure/artifacts/models/v1');
    const metadata = JSON.parse(readFileSync(join(bucket, 'model_metadata.json'), 'utf8')) as {
      feature_cols: string[];
    };
    const rows = rowsOf(readFileSync(table, 'utf8'), metadata.feature_cols).slice(0, 300);
    writeFileSync(join(folder, 'request.json'), JSON.stringify({ features: rows }));
    const answer = await mlopsJson<{ probabilities: number[] }>([
      'endpoint',
      'invoke',
      'hdd-failure',
      '--data',
      `@${join(folder, 'request.json')}`,
      '--project',
      folder,
    ]);
    const script = resolve('test/interop/quick/predict_lightgbm.py');
    const genuine = JSON.parse(
      execFileSync(python, [script, join(bucket, 'lgb_model.txt'), table], { encoding: 'utf8', maxBuffer: 2 ** 28 }),
    ) as number[];

    assert.equal(answer.probabilities.length, 300);
    assert.ok(new Set(answer.probabilities).size > 5, 'the model tells rows apart');
    for (const [row, probability] of answer.probabilities.entries()) {
      assert.ok(
        Math.abs(probability - genuine[row]!) <= 1e-12 * genuine[row]!,
        `row ${row}: ${probability}, ${genuine[row]}`,
      );
    }
  });
});

/** The rows of a CSV as the endpoint takes them: the model's columns in its order, null where a cell is empty. */
function rowsOf(csv: string, columns: string[]): (number | null)[][] {
  const [header, ...lines] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const at = columns.map((column) => header!.indexOf(column));
  return lines.map((cells) => at.map((column) => (cells[column] === '' ? null : Number(cells[column]))));
}

/** The project with its gradient boosting only, so that this is what gets served. */
function withoutLogistic(config: string): string {
  const project = parse(config) as { model: { candidates: { family: string }[] } };
  project.model.candidates = project.model.candidates.filter(({ family }) => family === 'lightgbm');
  return JSON.stringify(project);
}
