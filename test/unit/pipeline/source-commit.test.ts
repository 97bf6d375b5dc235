import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceCommit } from '../../../src/pipeline/source-commit.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('the commit that a run was made of', () => {
  const place = temporaryFolder();
  let number = 0;
  let folder: string;
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], {
      ...{ cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      env: { PATH: process.env.PATH, HOME: place.path },
    }).trim();
  const asked = () => sourceCommit(folder, new AbortController().signal);
  beforeEach(() => {
    folder = join(place.path, String(++number), 'project');
    mkdirSync(folder, { recursive: true });
    git('init', '-q', '-b', 'main');
    writeFileSync(join(folder, 'features.sql'), 'SELECT 1\n');
    writeFileSync(join(folder, '.gitignore'), '.mlops/\n');
    git('add', '-A');
    git('commit', '-qm', 'First');
  });
  after(() => place.remove());

  it('is the one that HEAD names, clean where nothing differs', async () => {
    const commit = git('rev-parse', 'HEAD');
    mkdirSync(join(folder, '.mlops'));
    writeFileSync(join(folder, '.mlops', 'owner'), 'x');
    assert.deepEqual(await asked(), { commit, clean: true });
    git('pack-refs', '--all');
    assert.deepEqual(await asked(), { commit, clean: true });
    git('checkout', '-q', '--detach');
    assert.deepEqual(await asked(), { commit, clean: true });
  });

  it('is told with changes where a file was changed, added, or only put on the stage', async () => {
    writeFileSync(join(folder, 'new.sql'), 'SELECT 2\n');
    assert.equal((await asked())?.clean, false, 'a new file');
    git('add', '-A');
    assert.equal((await asked())?.clean, false, 'on the stage');
    git('commit', '-qm', 'Second');
    assert.equal((await asked())?.clean, true);
    writeFileSync(join(folder, 'features.sql'), 'SELECT 3\n');
    assert.equal((await asked())?.clean, false, 'changed');
  });

  it('is found from a folder inside the repository, and of a worktree', async () => {
    const commit = git('rev-parse', 'HEAD');
    git('worktree', 'add', '-q', '../other', '-b', 'other');
    folder = join(folder, '..', 'other');
    mkdirSync(join(folder, 'inner'));
    assert.deepEqual(await sourceCommit(join(folder, 'inner'), new AbortController().signal), { commit, clean: true });
  });

  it('is absent where there is no repository, none that can be read, or no commit yet', async () => {
    const bare = temporaryFolder();
    assert.equal(await sourceCommit(bare.path, new AbortController().signal), undefined);
    writeFileSync(join(bare.path, '.git'), 'gitdir: /nowhere\n');
    assert.equal(await sourceCommit(bare.path, new AbortController().signal), undefined);
    bare.remove();
    git('checkout', '-q', '--orphan', 'empty');
    assert.equal(await asked(), undefined);
  });

  it('runs nothing that a repository names: no watcher, no hook, no filter', async () => {
    const ran = join(folder, '..', 'ran');
    const program = join(folder, '..', 'evil');
    writeFileSync(program, `#!/bin/sh\ntouch ${ran}\ncat\n`);
    chmodSync(program, 0o755);
    for (const [name, value] of [
      ['core.fsmonitor', program],
      ['core.hooksPath', join(folder, '..')],
      ['filter.evil.clean', program],
      ['filter.evil.process', program],
      ['core.pager', program],
      ['alias.status', `!${program}`],
    ])
      git('config', name!, value!);
    writeFileSync(join(folder, '.gitattributes'), '* filter=evil\n');
    writeFileSync(join(folder, 'features.sql'), 'SELECT 4\n');
    assert.equal((await asked())?.clean, false);
    assert.equal(existsSync(ran), false);
    // What would have run it is there: git itself does.
    git('status', '--porcelain');
    assert.equal(existsSync(ran), true);
  });
});
