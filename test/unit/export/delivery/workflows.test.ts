import assert from 'node:assert/strict';
import { load } from 'js-yaml';
import { airflowFiles } from '../../../../src/export/airflow/files.js';
import { githubFiles } from '../../../../src/export/github-actions/files.js';
import { changed, templateOf, templates } from './templates.js';

interface Workflow {
  permissions: object;
  concurrency: { 'cancel-in-progress': boolean };
  jobs: Record<
    string,
    { needs?: string; environment?: string; permissions: object; if?: string; steps: { uses?: string; run?: string }[] }
  >;
}
const workflowsOf = (name: string): Workflow[] =>
  githubFiles(templateOf(name).file, 'prod')
    .files.filter((one) => one.name.endsWith('.yml'))
    .map(({ text }) => load(text) as Workflow);

describe('a project’s work as DAGs of Airflow', () => {
  it('is three of them, the same for the same mlops.json', () => {
    for (const { file } of templates) {
      const { files } = airflowFiles(file, 'prod');
      assert.deepEqual(files, airflowFiles(file, 'prod').files);
      assert.equal(files.filter(({ name }) => name.endsWith('.py')).length, 3);
    }
  });

  it('watches as often as mlops.json says, and takes a verdict for an answer', () => {
    const { file } = changed('hdd-failure', ({ monitor }) => Object.assign(monitor as object, { schedule: 'hourly' }));
    const { text } = airflowFiles(file, 'prod').files.find(({ name }) => name.includes('monitoring'))!;
    assert.match(text, /schedule="@hourly"/);
    assert.match(text, /command\("monitor --env prod", answers=\(0, 1, 3,?\)\)/);
    assert.match(text, /command\("gate --env prod", answers=\(0,\)\)/);
    assert.match(text, /judge_task >> retrain_task >> verdict_task/);
  });
});

describe('a project’s gate and promotion as workflows of GitHub', () => {
  it('have no right that a job does not need, and pinned actions', () => {
    for (const workflow of workflowsOf('hdd-failure')) {
      assert.deepEqual(workflow.permissions, {});
      for (const job of Object.values(workflow.jobs))
        for (const { uses } of job.steps) if (uses !== undefined) assert.match(uses, /@v\d+\.\d+\.\d+$/);
    }
  });

  it('promote behind the gate and the environment’s reviewers, one at a time', () => {
    const [gate, promote] = workflowsOf('hdd-failure') as [Workflow, Workflow];
    assert.deepEqual([promote.jobs.promote!.needs, promote.jobs.promote!.environment], ['gate', 'production']);
    assert.deepEqual(
      [gate.concurrency['cancel-in-progress'], promote.concurrency['cancel-in-progress']],
      [true, false],
    );
    assert.deepEqual(promote.jobs.promote!.permissions, { contents: 'read', 'id-token': 'write' });
    assert.match(gate.jobs.gate!.if!, /head\.repo\.full_name == github\.repository/);
  });

  it('put nothing that somebody typed into a script', () => {
    for (const { jobs } of templates.flatMap(({ file }) => workflowsOf(file.name)))
      for (const { steps } of Object.values(jobs))
        for (const { run = '' } of steps) assert.ok(!run.includes('${{'), run);
  });

  it('hold no secret', () => {
    for (const { text } of githubFiles(templateOf('hdd-failure').file, 'prod').files)
      assert.doesNotMatch(text, /secrets\./);
  });
});
