import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import * as vscode from 'vscode';
import * as driver from './support/driver.js';
import { extensionApi, folder, inFolder, inRepository, lines, run } from './support/extension.js';

/** As version 0.1 left it, with two runs; see test/integration/upgrade for the rest of its history. */
const packed = inRepository('test', 'fixtures', 'projects', 'churn-0.1.tar.gz');

describe('a project as version 0.1 wrote it, in a window', () => {
  const [file, aside] = [inFolder('mlops.json'), inFolder('mlops.json.aside')];
  before(async () => {
    execFileSync('tar', ['-xzf', packed, '-C', folder()]);
    // The folder itself is no project meanwhile, so the one below it is found.
    renameSync(file, aside);
    await (await extensionApi()).session.reload();
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    renameSync(aside, file);
    rmSync(inFolder('churn'), { recursive: true });
    await (await extensionApi()).session.reload();
    await run('mlops.refresh');
  });

  driver.itInBrowser('shows its runs in the tree, and opens the report of one', async () => {
    const { session, views } = await extensionApi();
    assert.equal(session.require().project.file.name, 'churn');
    await run('mlops.refresh');
    const runs = views.of['mlops.pipeline'].items.at(-1)?.children ?? [];
    assert.equal(runs.length, 2, lines(runs).join('\n'));
    for (const one of lines(runs)) assert.match(one, /\| warn · /);
    await run('mlops.openAsReport', runs[0]);
    assert.match(await driver.webviewText('[data-verdict] h1'), /^Warn/);
  });
});
