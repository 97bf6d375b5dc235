import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import * as driver from './support/driver.js';
import { extensionApi, run } from './support/extension.js';
import { choose } from './support/window.js';

/** The last thing in this window; the tests in `reloaded` look at what is left of it. */
describe('before the window is loaded again', () => {
  before(extensionApi);

  driver.itInBrowser('a report and a comparison are open', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await run('mlops.openReport');
    await driver.webviewClick('[data-action="compare"]');
    await choose('20261120-093105-aaaaaa');
    await driver.webviewText('body:has-text("20261120-093105-aaaaaa")');
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.equal(tabs.length, 2, tabs.map(({ label }) => label).join());
  });
});
