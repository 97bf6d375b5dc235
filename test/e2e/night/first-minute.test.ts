import assert from 'node:assert/strict';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { lcgNumbers } from '../../unit/models/support/golden.js';
import type { Api } from '../../../src/vscode/start.js';
import * as driver from '../support/driver.js';
import { extensionApi, inFolder, lines, run, until } from '../support/extension.js';
import { acceptPath, answerModal, choose, typePath } from '../support/window.js';

const mostMs = 120_000;

/** A table in which `worn` says most of `failed`. */
function ownTable(): string {
  const chance = lcgNumbers(5);
  const rows = Array.from({ length: 400 }, () => {
    const [worn, load] = [chance(), chance()];
    return `${worn.toFixed(3)},${load.toFixed(3)},${worn + 0.6 * chance() > 0.8 ? 'yes' : 'no'}`;
  });
  return `worn,load,failed\n${rows.join('\n')}\n`;
}

/**
 * What a newcomer does, click by click: a choice, an accepted path and a button are one each. The window under test has
 * a folder open, below which the project is made; where none is open it is opened without another question.
 */
describe('the first minute', function () {
  this.timeout(mostMs);
  let api: Api;
  let clicks = 0;
  let began = 0;
  const click = async (what: Promise<unknown>) => {
    clicks += 1;
    await what;
  };
  const [file, aside] = [inFolder('mlops.json'), inFolder('mlops.json.aside')];
  const openedFile = (name: string) =>
    until('its mlops.json is open', vscode.window.onDidChangeActiveTextEditor, () => {
      return vscode.window.activeTextEditor?.document.uri.fsPath === inFolder(name, 'mlops.json');
    });
  /** One click on Run, then the verdict stands above the stages and in the status bar, by itself. */
  const runToVerdict = async () => {
    await click(driver.windowClick('.pane-header .action-label.codicon-run-all'));
    const verdict = () => api.snapshots.last?.status.verdict ?? null;
    await until(
      'there is a verdict',
      api.snapshots.onChange,
      () => verdict() !== null && api.runs.live === undefined,
      mostMs,
    );
    await run('mlops.refreshPipeline');
    const [answer] = lines(api.views.of['mlops.pipeline'].items);
    assert.match(answer!, new RegExp(`^${verdict()!}`, 'i'));
    assert.ok(Date.now() - began < mostMs, `${Date.now() - began} ms`);
  };
  /** No project is open, as in a window that is new. */
  before(async () => {
    api = await extensionApi();
    renameSync(file, aside);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await api.session.reload();
  });
  beforeEach(async () => {
    await run('mlops.openWalkthrough');
    [clicks, began] = [0, Date.now()];
  });
  afterEach(async () => {
    for (const { name } of api.snapshots.last?.status.endpoints ?? []) await run('mlops.stopEndpoint', { name });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const made of ['hdd-failure', 'own']) rmSync(inFolder(made), { recursive: true, force: true });
    await api.session.reload();
  });
  after(async () => {
    renameSync(aside, file);
    await api.session.reload();
    await run('mlops.refresh');
  });

  driver.itInBrowser('from the walkthrough by a sample to a verdict takes at most 5 clicks', async () => {
    await click(driver.windowClick('.gettingStarted .monaco-button:has-text("Open a Sample")'));
    await click(choose('Hard-drive f'));
    await click(acceptPath(`${inFolder()}/`));
    await openedFile('hdd-failure');
    await runToVerdict();
    assert.ok(clicks <= 5, `${clicks} clicks`);
    await driver.screenshot('first-minute');
    await run('mlops.openWalkthrough');
    // What was done is ticked, and nothing else.
    await driver.windowTexts(
      '.gettingStarted .getting-started-step:has-text("Run it") .codicon-getting-started-step-checked',
    );
  });

  driver.itInBrowser('from an own table to a verdict takes at most 6 clicks', async () => {
    const rows = inFolder('own.csv');
    writeFileSync(rows, ownTable());
    try {
      await driver.windowClick('.gettingStarted .step-title:has-text("Bring your own table")');
      [clicks, began] = [0, Date.now()];
      const understood = answerModal('Make Project');
      await click(driver.windowClick('.gettingStarted .monaco-button:has-text("Use Your Own Table")'));
      await click(typePath(rows));
      await click(choose('failed'));
      await click(understood);
      await click(acceptPath(`${inFolder()}/`));
      await openedFile('own');
      await runToVerdict();
      assert.ok(clicks <= 6, `${clicks} clicks`);
    } finally {
      rmSync(rows);
    }
  });
});
