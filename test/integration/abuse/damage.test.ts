/** A file that was cut short, or whose place something else took, stops nothing that does not need it. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlops } from '../../support/cli.js';
import { madeProject, type MadeProject } from '../../support/projects.js';

const damages: Record<string, (path: string) => void> = {
  'cut to half': (path) => writeFileSync(path, readFileSync(path).subarray(0, readFileSync(path).length >> 1)),
  empty: (path) => writeFileSync(path, ''),
  'a folder': (path) => {
    rmSync(path);
    mkdirSync(path);
  },
};

describe('damaged files of a project', function () {
  this.timeout(120_000);
  const project = 'hdd-failure';
  let made: MadeProject;
  before(async () => {
    made = await madeProject(project, '--sample');
    assert.equal((await mlops(['run', '--project', made.folder])).code, 0);
  });
  after(() => made.remove());

  for (const [what, damage] of Object.entries(damages)) {
    it(`an alarm whose file is ${what} hides no other, and says how it is made anew`, async () => {
      damage(join(made.folder, '.mlops', 'alarms', `${project}-CPUUtilization.json`));
      const status = await mlops(['status', '--project', made.folder]);
      assert.equal(status.code, 0, status.stderr);
      assert.match(status.stdout, /alarm hdd-failure-CPUUtilization: INSUFFICIENT_DATA/);
      assert.match(status.stdout, /alarm hdd-failure-NoInvocations/);
      const list = await mlops(['alarm', 'list', '--project', made.folder, '--json']);
      assert.match(list.stdout, /CPUUtilization\.json: [^"]*mlops alarm apply/);
    });
  }

  for (const what of ['cut to half', 'empty']) {
    it(`an endpoint whose state is ${what} is told as failed`, async () => {
      damages[what]!(join(made.folder, '.mlops', 'endpoints', project, 'state.json'));
      const status = await mlops(['status', '--project', made.folder]);
      assert.equal(status.code, 0, status.stderr);
      assert.match(status.stdout, /endpoint hdd-failure: Failed/);
    });
  }
});
