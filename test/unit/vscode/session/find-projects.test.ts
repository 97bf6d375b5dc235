import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjects } from '../../../../src/vscode/session/find-projects.js';
import { temporaryFolder } from '../../../support/temporary.js';

describe('the projects of a workspace', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());
  const at = (...parts: string[]) => join(folder.path, ...parts);
  const project = (...parts: string[]) => {
    mkdirSync(at(...parts), { recursive: true });
    writeFileSync(at(...parts, 'mlops.json'), '{}');
  };

  it('are the opened folder itself, or those directly below it', async () => {
    project('one');
    project('two', 'a');
    project('two', 'b');
    assert.deepEqual(await findProjects([at('one'), at('two')]), [at('one'), at('two', 'a'), at('two', 'b')]);
  });

  it('are not looked for in hidden folders, among dependencies or deeper down', async () => {
    project('three', '.cache');
    project('three', 'node_modules');
    project('three', 'a', 'b');
    assert.deepEqual(await findProjects([at('three')]), []);
  });

  it('are none where there is no folder', async () => {
    assert.deepEqual(await findProjects([at('absent')]), []);
  });
});
