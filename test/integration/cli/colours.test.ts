import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('colours of the command line', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('are kept out of what a CI server writes into a file, and given where they are asked for', async () => {
    const table = join(folder.path, 'a.csv');
    writeFileSync(table, 'x,y\n1,2\n3,4\n5,6\n');
    const printed = async (env: Record<string, string>) => {
      const said = { NO_COLOR: '', FORCE_COLOR: '', ...env };
      const { stdout, stderr } = await mlops(['profile', '--data', table], { env: said });
      return stdout + stderr;
    };
    assert.ok(!(await printed({ CI: 'true' })).includes('\u001b['));
    assert.ok((await printed({ FORCE_COLOR: '1' })).includes('\u001b['));
  });
});
