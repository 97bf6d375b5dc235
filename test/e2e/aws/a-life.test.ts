import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import * as driver from '../support/driver.js';
import { extensionApi, run } from '../support/extension.js';

describe('probe', function () {
  it('x', async () => {
    const api = await extensionApi();
    await vscode.commands.executeCommand('workbench.view.extension.mlops');
    assert.equal(api.session.require().environment.name, 'local');
    void run('mlops.switchEnvironment');
    console.log(await driver.windowTexts('.quick-input-widget .monaco-list-row'));
    await driver.screenshot('probe');
  });
});
