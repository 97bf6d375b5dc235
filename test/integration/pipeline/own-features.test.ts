import assert from 'node:assert/strict';
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evaluation } from '../../../src/documents/evaluation.js';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { mlops } from '../../support/cli.js';
import { tableProject, type TableProject } from '../../support/table-project.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('features made by a program of your own', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const env = { XDG_CONFIG_HOME: join(place.path, 'user') };
  const command = [process.execPath, 'features.mjs'];
  let project: TableProject;
  const run = (...words: string[]) => mlops([...words, '--project', project.folder], { env });
  const runOf = async (...words: string[]) => {
    const { stdout, stderr } = await run(...words, '--json');
    return { run: JSON.parse(stdout) as Run, stderr };
  };

  before(async () => {
    project = await tableProject(1200);
    cpSync('test/fixtures/programs/features.mjs', join(project.folder, 'features.mjs'));
    project.edit(/"features": \{/, `"features": { "command": ${JSON.stringify(command)},`);
    project.edit(
      /"candidates": \[[^]*?\n {4}\]/,
      '"candidates": [{ "name": "trees", "family": "lightgbm", "columns": ["*"], "parameters": { "num_boost_round": 20 } }]',
    );
    // There is no SQL beside it.
    rmSync(join(project.folder, 'features.sql'));
  });
  after(async () => {
    await project.remove();
    place.remove();
  });

  it('is refused before the run begins while nobody allowed the program', async () => {
    const { code, stderr } = await run('run', '--to', 'train');
    assert.equal(code, 5, stderr);
    assert.match(stderr, /features: you have not allowed this command in this folder: .*features\.mjs/);
  });

  it('are what its groups hold and models learn from; its lines are in the log', async () => {
    assert.equal((await run('trust', '--yes', '--confirm', command.join(' '))).code, 0);
    const { run: made, stderr } = await runOf('run', '--to', 'train');
    assert.equal(made.status, 'succeeded', stderr);
    assert.match(stderr, /1200 customers of customers/);
    const log = join(project.folder, '.mlops/buckets/customers/runs', made.id, 'features.log');
    assert.equal(readFileSync(log, 'utf8'), '1200 customers of customers\n');
    const evaluated = join(project.folder, '.mlops/buckets/customers/artifacts/eval/v1/evaluation.json');
    const { models } = JSON.parse(readFileSync(evaluated, 'utf8')) as Evaluation;
    assert.deepEqual(models[0]!.columns, ['decades']);
  });

  it('are not made again while the program is the same, and are when it changed', async () => {
    const { run: again } = await runOf('run', '--to', 'features');
    assert.equal(again.stages.find(({ name }) => name === 'features')!.status, 'skipped');
    appendFileSync(join(project.folder, 'features.mjs'), '\n// changed');
    const { run: changed } = await runOf('run', '--to', 'features');
    assert.match(changed.stages.find(({ name }) => name === 'features')!.reason, /features\.mjs changed/);
  });

  it('are made of a batch by the same program, and a batch that lacks a raw column is refused by its name', async () => {
    const rows = readFileSync(project.data, 'utf8').trim().split('\n');
    const batch = join(place.path, 'march.csv');
    writeFileSync(batch, [rows[0], ...rows.slice(1, 401).map((row) => `M${row}`)].join('\n'));
    const { stdout, stderr } = await run('judge', batch, '--model-version', 'v1', '--json');
    const results = JSON.parse(stdout) as MonitoringResults;
    assert.equal(results.n, 400, stderr);
    assert.ok((results.metrics.roc_auc ?? 0) > 0.55, JSON.stringify(results.metrics));
    const lacking = join(place.path, 'april.csv');
    writeFileSync(
      lacking,
      rows
        .slice(0, 300)
        .map((row) =>
          row
            .split(',')
            .filter((_, at) => at !== 1)
            .join(','),
        )
        .join('\n'),
    );
    const refused = await run('judge', lacking, '--model-version', 'v1');
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /april\.csv: found no column "age", expected what features\.command reads/);
  });

  it('are refused where the program left no table, or one without the target', async () => {
    for (const [text, says] of [
      ['', /found nothing in SM_OUTPUT_DATA_DIR, expected one table/],
      [
        `require('node:fs').writeFileSync(process.env.SM_OUTPUT_DATA_DIR + '/t.csv', 'customer_id,x\\na,1\\n')`,
        /features\.command: found no column stays in its result/,
      ],
    ] as const) {
      writeFileSync(join(project.folder, 'other.cjs'), text);
      project.edit(/"command": \[[^\]]*\]/, `"command": ${JSON.stringify([process.execPath, 'other.cjs'])}`);
      await run('trust', '--yes', '--confirm', `${process.execPath} other.cjs`);
      const { run: failed } = await runOf('run', '--to', 'features');
      assert.match(failed.error!.message, says);
      project.edit(/"command": \[[^\]]*\]/, `"command": ${JSON.stringify(command)}`);
    }
  });
});
