import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../../../src/documents/run.js';
import { mlops, mlopsJson } from '../../support/cli.js';
import { tableProject, type TableProject } from '../../support/table-project.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('an option that would do nothing', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  let project: TableProject;
  before(async () => {
    project = await tableProject();
  });
  after(async () => {
    await project.remove();
    place.remove();
  });

  const refused = async (args: string[], words: RegExp) => {
    const { code, stderr, stdout } = await mlops(args);
    assert.equal(code, 2, `${args.join(' ')}\n${stdout}${stderr}`);
    assert.match(stderr, words);
  };

  it('is refused where no stage that runs reads it, with what to do instead', async () => {
    const at = ['--project', project.folder];
    const rows = `customers=${project.data}`;
    const judge = /found --source, which does nothing here; .*run ingest features monitor --source NAME=PATH/;
    for (const stages of [['monitor'], ['deploy'], ['run', '--from', 'features'], ['run', 'train', 'monitor']])
      await refused([...stages, '--source', rows, ...at], judge);
    await refused(['monitor', '--accept-partial', ...at], /monitor: found --accept-partial/);
    await refused(['train', '--force-retrain', ...at], /train: found --force-retrain.*only monitor and retrain/);
    await refused(['ingest', '--force-skip-retrain', ...at], /ingest: found --force-skip-retrain/);
    await refused(['ingest', '--reason', 'so', ...at], /ingest: found --reason/);
    await refused(['retrain', '--force', ...at], /retrain: found --force, .*--force-retrain/);
    await refused(['run', 'ingest', '--to', 'train', ...at], /found --to/);
  });

  it('is refused by every command that has one kind of input or output and an option of another', async () => {
    const table = join(place.path, 'table.csv');
    writeFileSync(table, 'x,y\n1,0\n2,1\n');
    const words = (option: string) => new RegExp(`found --${option}, which does nothing here`);
    const cases: [string[], string][] = [
      [['report', table, '--format', 'markdown', '--table', 'drift'], 'table'],
      [['report', table, '--format', 'csv', '--rows', '5'], 'rows'],
      [['metrics', '--data', table, '--label', 'y', '--score', 'x', '--since', '2024-01-01'], 'since'],
      [['metrics', '--data', table, '--label', 'y', '--score', 'x', '--label-delay', '3'], 'label-delay'],
      [['metrics', '--capture', table, '--format', 'csv'], 'format'],
      [['metrics', '--capture', table, '--no-header'], 'no-header'],
      [['model', 'info', '--model', table, '--target', 'y'], 'target'],
      [['waive', '--list', '--until', '2030-01-01', '--project', project.folder], 'until'],
      [['init', 'readmission', join(place.path, 'a'), '--target', 'y'], 'target'],
      [['init', 'readmission', join(place.path, 'a'), '--scenario', 'failing'], 'scenario'],
      [['init', join(place.path, 'a'), '--from', table, '--target', 'y', '--sample'], 'sample'],
      [['init', join(place.path, 'a'), '--from', table, '--target', 'y', '--region', 'eu-west-1'], 'region'],
    ];
    for (const [args, option] of cases) await refused(args, words(option));
  });

  it('brings other rows before the version that serves, and trains nothing, by the words of the hint', async () => {
    const at = ['--project', project.folder];
    await mlopsJson<Run>(['run', ...at]);
    const batch = join(place.path, 'batch.csv');
    const [head, ...rows] = readFileSync(project.data, 'utf8').trimEnd().split('\n');
    writeFileSync(batch, [head, ...rows.map((row) => row.replace(',plus,', ',family,'))].join('\n') + '\n');
    const source = ['--source', `customers=${batch}`];
    const judged = await mlops(['run', 'ingest', 'features', 'monitor', ...source, ...at]);
    assert.match(judged.stdout, /family/, 'the verdict is about the rows of the batch');
    const { models } = await mlopsJson<{ models: unknown[] }>(['model', 'list', ...at]);
    assert.equal(models.length, 1, 'nothing was trained');
    const { stderr } = await mlops(['run', ...source, ...at, '--to', 'train']);
    assert.match(stderr, /these rows take the place of customers and are trained on/);
  });

  it('is told apart from a folder where a report needs a file', async () => {
    const folder = join(place.path, 'results');
    mkdirSync(folder);
    await refused(['report', folder], /results: found a folder, expected a file of results/);
  });
});
