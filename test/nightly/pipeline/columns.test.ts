import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evaluation } from '../../../src/documents/evaluation.js';
import type { Run } from '../../../src/documents/run.js';
import { mlopsJson } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';

describe('the columns of features.sql', function () {
  this.timeout(180_000);
  let project: MadeProject;
  let original: string;
  const sqlFile = () => join(project.folder, 'features.sql');

  /** Puts the final SELECT of features.sql into another one, runs everything, and says what the new models see. */
  async function run(outer?: string) {
    const query = original.search(/^WITH /m);
    const wrapped = (text: string) =>
      `${original.slice(0, query)}\n${text} FROM (\n${original.slice(query).trim().replace(/;$/, '')}\n)`;
    writeFileSync(sqlFile(), outer === undefined ? original : wrapped(outer));
    const made = await mlopsJson<Run>(['run', '--to', 'monitor', '--project', project.folder]);
    assert.equal(made.error, null, JSON.stringify(made.error));
    const train = made.stages.find(({ name }) => name === 'train')!;
    const version = String(train.figures.modelVersion);
    const folder = join(project.folder, '.mlops/buckets/hdd-failure/artifacts/eval', version);
    const evaluation = JSON.parse(readFileSync(join(folder, 'evaluation.json'), 'utf8')) as Evaluation;
    return { version, status: train.status, columns: evaluation.models.map(({ columns }) => [...columns].sort()) };
  }

  before(async () => {
    project = await madeProject('hdd-failure', '--sample');
    original = readFileSync(sqlFile(), 'utf8');
  });
  after(() => project.remove());

  const smart = ['smart_187_raw', 'smart_188_raw', 'smart_197_raw', 'smart_198_raw', 'smart_5_raw'];
  const reviews = ['pct_one_star', 'pct_two_star'];

  it('are what the models learn from: one that is removed goes, one that is added comes, also when it comes back', async () => {
    const first = await run();
    assert.deepEqual(first.columns, [smart, [...reviews, ...smart]]);

    const fewer = await run('SELECT * EXCLUDE (smart_188_raw)');
    const left = smart.filter((name) => name !== 'smart_188_raw');
    assert.notEqual(fewer.version, first.version);
    assert.deepEqual(fewer.columns, [left, [...reviews, ...left]]);

    const more = await run('SELECT *, smart_5_raw + smart_197_raw AS smart_sum');
    const all = [...smart, 'smart_sum'];
    assert.deepEqual(more.columns, [all, [...reviews, ...all]]);

    const again = await run();
    assert.deepEqual(again.columns, first.columns);
  });
});
