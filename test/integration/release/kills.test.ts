import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCli } from '../../support/cli.js';
import { newestRelease } from '../../../src/pipeline/releasing/stored.js';
import { releasedProject } from '../../support/released-project.js';

interface Status {
  state: string;
  text: string;
  next: string;
  serves: string | null;
}

describe('a release whose processes are killed', function () {
  this.timeout(120_000);
  let project: Awaited<ReturnType<typeof releasedProject>>;
  before(async () => {
    // Nobody asks this endpoint: the canary would be watched for minutes.
    project = await releasedProject(['well', 'well', 'well', 'well'], {
      strategy: 'canary',
      steps: [25, 100],
      bake: '5m',
    });
    await project.serve();
  });
  after(() => project.end());

  const status = async () => JSON.parse((await project.ask('release', 'status', '--json')).stdout) as Status;

  /** Starts a release and answers when its first step is watched. */
  async function watched(version: string) {
    const child = startCli(['release', 'start', version, '--project', project.folder], { env: project.env });
    for (;;) {
      const release = await newestRelease(project.environment.objects, 'served');
      if (release?.to === version && release.phase === 'baking') return child;
      assert.equal(child.exitCode, null, 'it ended by itself');
      await sleep(50);
    }
  }
  const kill = async (child: ReturnType<typeof startCli>) => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };

  it('says where the killed run left it, and rollback completes it', async () => {
    await kill(await watched('v2'));
    const left = await status();
    assert.equal(left.state, 'interrupted');
    assert.match(left.text, /v1 -> v2 on served: its process ended at step 1 of 2, 25 % of the traffic, watching/);
    assert.match(left.text, /served serves v1 75 %, v2 25 %/);
    const back = await project.ask('release', 'rollback', '--reason', 'it was left alone');
    assert.equal(back.code, 0, back.stderr);
    assert.deepEqual(await project.serving(), ['v1 1']);
    assert.equal((await status()).state, 'rolled back');
  });

  it('takes itself back when its endpoint is killed, and the version before serves again', async () => {
    const child = await watched('v3');
    const ended = once(child, 'close');
    process.kill((await project.environment.endpoints.describe('served'))!.pid!, 'SIGKILL');
    await ended;
    assert.equal(child.exitCode, 1);
    assert.deepEqual(await project.serving(), ['v1 1']);
    const end = (await project.ledger()).at(-1);
    assert.deepEqual([end?.what, end?.outcome, end?.to], ['rollback', 'rolled-back', 'v1']);
    assert.match(end!.why, /^endpoint served is Failed: its process \d+ ended without a word/);
  });

  it('says that nothing answers when both are killed; another version must wait; stop completes it', async () => {
    const child = await watched('v4');
    const { pid } = (await project.environment.endpoints.describe('served'))!;
    await kill(child);
    process.kill(pid!, 'SIGKILL');
    const left = await status();
    assert.deepEqual([left.state, left.serves], ['stranded', null]);
    const other = await project.ask('release', 'start', 'v2');
    assert.equal(other.code, 2);
    assert.match(other.stderr, /found an unfinished release of v4 on served; end it first: mlops release rollback/);
    const stopped = await project.ask('release', 'stop', '--reason', 'power cut');
    assert.equal(stopped.code, 0, stopped.stderr);
    assert.deepEqual(await project.serving(), ['v1 1']);
    assert.deepEqual(
      (await project.ledger()).slice(-1).map(({ what, why }) => [what, why]),
      [['rollback', 'power cut']],
    );
  });

  it('ends a release that another process drives, from a second terminal', async () => {
    const child = await watched('v2');
    const ended = once(child, 'close');
    const stopped = await project.ask('release', 'stop', '--reason', 'support hears complaints');
    assert.equal(stopped.code, 0, stopped.stderr);
    await ended;
    assert.equal(child.exitCode, 1);
    assert.deepEqual(await project.serving(), ['v1 1']);
  });
});
