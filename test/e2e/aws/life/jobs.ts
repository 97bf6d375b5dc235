import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RunAnswer } from '../../../../src/vscode/commands/run-commands.js';
import { changeProject } from '../../../support/aws-project.js';
import { itInBrowser } from '../../support/driver.js';
import { inFolder, run, until } from '../../support/extension.js';
import * as account from '../support/account.js';
import type { Life } from '../support/life.js';
import { dismissMessages, messages } from '../../support/window.js';

/** Stages that run on machines of the account. */
export function stagesAsJobs(window: Life): void {
  const { stage, api } = window;
  const liveText = () => JSON.stringify(api().runs.live ?? '');

  /** Changes `mlops.json` and waits until the window has read it. */
  const changed = async (change: () => void) => {
    const opened = api().session.state;
    change();
    await until('the project is read again', api().session.onChange, () => api().session.state !== opened);
  };
  const setJobs = (jobs: object | undefined) =>
    changed(() => changeProject(dirname(inFolder('mlops.json')), ['environments', 'prod', 'jobs'], jobs));

  describe('with stages as jobs', () => {
    before(() => setJobs({ instance: 'ml.m5.large' }));
    after(() => setJobs(undefined));

    it('runs training as a SageMaker job', async () => {
      const answer = await run<RunAnswer>('mlops.train', { options: { force: true } });
      assert.equal(answer?.status, 'succeeded', JSON.stringify(answer));
      const [job] = await account.jobs();
      assert.equal(job?.kind, 'Training');
      assert.equal(answer.stages[0]!.figures.job, job.name);
      assert.match(stage('Train')?.description ?? '', /v2.*just now/);
    });

    itInBrowser('tells the reason that a failed job left, in one message and on its line', async () => {
      const sql = inFolder('features.sql');
      const before = readFileSync(sql, 'utf8');
      writeFileSync(sql, 'SELECT no_such_column FROM backblaze');
      const answer = await run<RunAnswer>('mlops.features', { options: {} });
      writeFileSync(sql, before);
      assert.equal(answer?.status, 'failed');
      assert.match(await messages(), /job hdd-failure-features-\S+ failed: features\.sql, line 1/);
      await run('mlops.refresh');
      assert.match(stage('Features')?.description ?? '', /failed · job \S+ failed: features\.sql, line 1/);
      assert.equal((await account.jobs()).at(-1)?.status, 'Failed');
      await dismissMessages();
    });

    it('stops the job when the run is cancelled', async () => {
      const file = inFolder('mlops.json');
      const before = readFileSync(file, 'utf8');
      const write = (text: string) => changed(() => writeFileSync(file, text));
      await write(before.replace(/"(num_boost_round|early_stopping_round)": \d+/g, '"$1": 10000000'));
      const known = (await account.jobs()).length;
      const running = run<RunAnswer>('mlops.train', { options: { force: true } });
      await until('the job is under way', api().runs.onChange, () => liveText().includes('hdd-failure-train-'));
      await run('mlops.cancelRun');
      assert.equal((await running)?.status, 'cancelled');
      assert.deepEqual(
        (await account.jobs()).slice(known).map(({ kind, status }) => [kind, status]),
        [['Training', 'Stopped']],
      );
      await write(before);
    });
  });
}
