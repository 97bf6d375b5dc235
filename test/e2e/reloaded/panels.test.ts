import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import * as driver from '../support/driver.js';
import { extensionApi, run } from '../support/extension.js';

describe('after the window was loaded again', () => {
  const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);

  before(extensionApi);

  driver.itInBrowser('the comparison shows its two documents again', async () => {
    assert.equal(
      tabs().length,
      2,
      tabs()
        .map(({ label }) => label)
        .join(),
    );
    assert.match(await driver.webviewText('body:has-text("20261120-093105-aaaaaa")'), /20261120-093105-aaaaaa/);
  });

  driver.itInBrowser('the report shows the newest verdict again, in the panel that was there', async () => {
    await run('mlops.openReport');
    assert.match(await driver.webviewText('[data-verdict] h1'), /\S/);
    assert.equal(tabs().length, 2, 'a second panel was opened beside the one that was there');
    await driver.screenshot('reloaded-dark');
    assert.deepEqual(await driver.consoleProblems(), []);
  });
});
