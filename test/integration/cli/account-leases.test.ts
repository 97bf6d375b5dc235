import assert from 'node:assert/strict';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { openLocal } from '../../../src/platform/local/index.js';
import { mlops, startCli } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';

describe('apply and cleanup beside a run', function () {
  this.timeout(60_000);
  let project: MadeProject;
  before(async () => (project = await madeProject('hdd-failure')));
  after(() => project.remove());

  for (const [command, does] of [
    ['apply', /applied/],
    ['cleanup', /deleted 8/],
  ] as const)
    it(`${command} waits until the run is done, and says for whom`, async () => {
      const { lease } = openLocal({ projectFolder: project.folder, project: 'hdd-failure' }).writers('test');
      const held = await lease.acquire('run of a test');
      const child = startCli([command, '--yes', '--project', project.folder]);
      const closed = once(child, 'close');
      const said = text(child.stdout!);
      let heard = '';
      await new Promise<void>((resolve, reject) => {
        child.stderr!.on('data', (piece: Buffer) => {
          heard += piece.toString();
          if (heard.includes('waiting: run of a test')) resolve();
        });
        child.once('close', () => reject(new Error(`ended before it waited:\n${heard}`)));
      });
      const { stdout } = await mlops(['alarm', 'list', '--json', '--project', project.folder]);
      assert.equal(stdout.includes('Invocation5xxErrors'), command === 'cleanup', 'nothing is changed while it waits');
      await held.release();
      await closed;
      assert.equal(child.exitCode, 0, heard);
      assert.match(await said, does);
    });
});
