import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { Api } from '../../src/vscode/start.js';
import * as driver from './support/driver.js';
import { extensionApi, inFolder, inRepository, run, until } from './support/extension.js';
import { choose, dismissMessages, inputSays, leaveQuestion, messages } from './support/window.js';

const runs = { passed: '20261120-093105-aaaaaa', failed: '20261121-093105-bbbbbb' };

/** What a report asks VS Code's own dialogs for. */
describe('the dialogs of a report', function () {
  this.timeout(60_000);
  let api: Api;
  const resultsOf = (id: string) => {
    const { bucket } = api.session.require().environment;
    return inFolder('.mlops', 'buckets', bucket, 'monitoring', 'runs', id, 'monitoring_results.json');
  };
  const open = (id: string) =>
    vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(resultsOf(id)), 'mlops.monitoringReport');

  before(async () => {
    api = await extensionApi();
    for (const [id, name] of [
      [runs.passed, 'pass'],
      [runs.failed, 'fail'],
    ] as const) {
      mkdirSync(dirname(resultsOf(id)), { recursive: true });
      cpSync(inRepository('test', 'fixtures', 'documents', `monitoring-${name}.json`), resultsOf(id));
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  driver.itInBrowser('exports the report to the file that the save dialog names', async () => {
    const exporting = run('mlops.exportReport', vscode.Uri.file(resultsOf(runs.failed)));
    await inputSays(inFolder('monitoring_results.html'));
    await driver.press('Enter');
    await exporting;
    assert.match(await messages(), /Exported monitoring_results\.html/);
    const page = readFileSync(inFolder('monitoring_results.html'), 'utf8');
    assert.match(page, /^<!doctype html>/i);
    assert.match(page, /recall/);
    await dismissMessages();
  });

  driver.itInBrowser('exports nothing when the save dialog is left', async () => {
    const exporting = run('mlops.exportReport', vscode.Uri.file(resultsOf(runs.passed)));
    await inputSays(inFolder('monitoring_results.html'));
    await leaveQuestion();
    await exporting;
    assert.ok(!existsSync(inFolder('monitoring_results.md')));
  });

  driver.itInBrowser('compares it with past results that are chosen from a list', async () => {
    await open(runs.failed);
    await driver.webviewClick('[data-action="compare"]');
    assert.match(await choose(runs.passed), /monitoring\/runs/);
    const label = `${runs.passed} ↔ ${runs.failed}`;
    const active = () => vscode.window.tabGroups.activeTabGroup.activeTab?.label;
    await until(label, vscode.window.tabGroups.onDidChangeTabs, () => active() === label);
    await driver.webviewText(`body:has-text("${runs.passed}")`);
    await driver.screenshot('compare-dark');
    const page = await driver.webviewText('body');
    for (const id of Object.values(runs)) assert.ok(page.includes(id), `${id} is not named in:\n${page}`);
    assert.deepEqual(await driver.consoleProblems(), []);
  });
});
