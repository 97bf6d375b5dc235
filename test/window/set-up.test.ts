import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mlops } from '../support/cli.js';
import { temporaryFolder } from '../support/temporary.js';
import { npmStart } from './support/start.js';

/** The first start on a machine, whose cache is empty. */
describe('making VS Code for the browser', function () {
  this.timeout(120_000);
  const place = temporaryFolder();
  const folder = join(place.path, 'sample');
  after(async () => {
    await mlops(['endpoint', 'stop', 'hdd-failure', '--project', folder]);
    place.remove();
  });

  it('names what the machine lacks in one line with the command that installs it, after the verdict', async () => {
    const nothing = join(place.path, 'bin');
    mkdirSync(nothing);
    const env = { PATH: nothing, CI: '', XDG_CACHE_HOME: join(place.path, 'cache') };
    const { code, said } = await npmStart(['--browser', '--folder', folder], env).ended;
    assert.equal(code, 2, said);
    assert.match(said, /^verdict /m);
    const last = said.trim().split('\n').at(-1)!;
    assert.match(last, /^npm start: A C\+\+ compiler, make, Python 3 are missing: (apt-get|xcode-select) \S/);
  });

  it('tells each step, which of how many it is, and how long it took', () => {
    const script = `
      import { makeSteps } from './scripts/vscode/steps.mjs';
      const step = makeSteps(2);
      await step('fetch', async () => undefined);
      await step('compile', async () => Promise.reject(new Error('broken'))).catch(() => undefined);`;
    const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    assert.deepEqual(stderr.trimEnd().split('\n'), [
      '  step 1 of 2: fetch',
      '  step 1 of 2: fetch: done in 0 s',
      '  step 2 of 2: compile',
      '  step 2 of 2: compile: failed after 0 s',
    ]);
  });
});
