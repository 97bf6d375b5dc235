import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { itInBrowser, screenshot, windowTexts } from './support/driver.js';

describe('the extension in VS Code', () => {
  it('is present and can be activated', async () => {
    const extension = vscode.extensions.getExtension('mlops-workbench.mlops-workbench');
    assert.ok(extension, 'VS Code does not know the extension');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  itInBrowser('opens beside the sample workspace', async () => {
    const rows = await windowTexts('.explorer-folders-view .monaco-list-row');
    assert.ok(rows.includes('mlops.json'), `the explorer shows ${rows.join(', ')}`);
    await screenshot('window');
  });
});
