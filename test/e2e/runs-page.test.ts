import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Api } from '../../src/vscode/start.js';
import { manyRuns } from '../support/many-runs.js';
import * as driver from './support/driver.js';
import { extensionApi, inFolder, run } from './support/extension.js';

const titles = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));

describe('the page of runs', function () {
  this.timeout(60_000);
  let api: Api;
  before(async () => {
    api = await extensionApi();
    const { bucket, name } = api.session.require().environment;
    for (const one of manyRuns(30)) {
      const folder = inFolder('.mlops', 'buckets', bucket, 'runs', one.id);
      mkdirSync(folder, { recursive: true });
      writeFileSync(`${folder}/run.json`, JSON.stringify({ ...one, environment: name }));
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  driver.itInBrowser('is filtered and starred, opens where a run broke, and puts two runs side by side', async () => {
    await run('mlops.openRuns');
    await driver.webviewText('tr[data-run]');
    assert.ok(
      titles().some((title) => title.startsWith('Runs: ')),
      titles().join(),
    );
    await driver.webviewClick(`[data-run="${manyRuns(3)[2]!.id}"] .star`);
    await driver.webviewText('.star[aria-pressed="true"] >> xpath=ancestor::tr');
    await driver.webviewClick('[data-only="crashed"]');
    await driver.webviewText('[data-only="crashed"][aria-pressed="true"]');
    await driver.webviewText('[data-place]');
    await driver.screenshot('runs-page');
    await driver.webviewClick('[data-only="starred"]');
    await driver.webviewText(`[data-run="${manyRuns(3)[2]!.id}"]`);
    await driver.webviewClick('[data-only="all"]');
    for (const { id } of manyRuns(2)) await driver.webviewClick(`[data-run="${id}"] input`);
    await driver.webviewClick('[data-action="compare"]');
    assert.match(await driver.webviewText('[data-section="settings"]'), /What changed/);
    assert.ok(
      titles().some((title) => title.includes(' ↔ ')),
      titles().join(),
    );
    assert.deepEqual(await driver.consoleProblems(), []);
  });
});
