import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completionScript, followersOf, shells } from '../../../src/cli/completion.js';
import { mlops } from '../../support/cli.js';
import { pathsOf, wholeProgram } from '../../support/command-paths.js';
import { temporaryFolder } from '../../support/temporary.js';

const hasBash = spawnSync('bash', ['--version']).status === 0;

describe('completion of the command line', function () {
  this.timeout(60_000);
  const place = temporaryFolder();
  after(place.remove);

  it('knows every command and every option of it, in every shell', async () => {
    const program = await wholeProgram();
    const paths = followersOf(program).map(({ path }) => path);
    for (const path of pathsOf(program)) assert.ok(paths.includes(path), path);
    for (const shell of shells) {
      const text = completionScript(program, shell);
      for (const word of ['kubernetes', 'backtest', shell === 'fish' ? '-l accept-partial' : '--accept-partial'])
        assert.ok(text.includes(word), `${shell}: ${word}`);
    }
  });

  (hasBash ? it : it.skip)(`is done by a real bash${hasBash ? '' : ' (skipped: there is none)'}`, async () => {
    const { stdout, code, stderr } = await mlops(['completion', 'bash']);
    assert.equal(code, 0, stderr);
    const script = join(place.path, 'mlops.bash');
    writeFileSync(script, stdout);
    const complete = (...words: string[]) => {
      const work = '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _mlops; printf "%s\\n" "${COMPREPLY[@]}"';
      const done = spawnSync('bash', ['-c', work, script, 'mlops', ...words], { encoding: 'utf8' });
      assert.equal(done.status, 0, done.stderr);
      return done.stdout.trim().split('\n');
    };
    assert.deepEqual(complete('buc'), ['bucket']);
    assert.deepEqual(complete('--env', 'prod', 'bucket', 'l'), ['ls']);
    assert.deepEqual(complete('release', 'start', '--re'), ['--reason']);
    assert.deepEqual(complete('export', 'kub'), ['kubernetes']);
    assert.ok(complete('feature-group', '').includes('describe'));
  });

  it('refuses a shell that it does not know', async () => {
    assert.equal((await mlops(['completion', 'tcsh'])).code, 2);
  });
});
