import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GateAnswer } from '../../src/documents/gates/gate-answer.js';
import type { Backtest } from '../../src/documents/gates/gate-backtest.js';
import { activeWaivers } from '../../src/documents/ledger.js';
import { readOverrides } from '../../src/pipeline/overrides.js';
import type { Api } from '../../src/vscode/start.js';
import * as driver from './support/driver.js';
import { extensionApi, run } from './support/extension.js';
import { choose, dismissMessages, messages, typeName } from './support/window.js';

/** What the rules say now and said before, and who answers for a gate that fails. */
describe('rules, waivers and history in VS Code', function () {
  this.timeout(60_000);
  let api: Api;
  const waived = async () => {
    const { waivers } = await readOverrides(api.session.require().environment);
    return activeWaivers(waivers, new Date());
  };
  const close = () => vscode.commands.executeCommand('workbench.action.closeAllEditors');

  before(async () => {
    api = await extensionApi();
    // Results of which recall fails, whatever was tested here before.
    if ((await api.snapshots.refresh()).results === undefined) await run('mlops.run', { options: {} });
    await close();
  });
  afterEach(close);

  driver.itInBrowser('evaluates the gates of now as a page, with every gate of mlops.json', async () => {
    const answer = await run<GateAnswer>('mlops.evaluateGates');
    assert.ok(answer, 'the command did not answer');
    assert.equal(answer.verdict, 'fail');
    assert.match(await driver.webviewText('h1'), /^Fail — /);
    const page = await driver.webviewText('body');
    for (const { message } of answer.gates)
      assert.ok(page.includes(message.slice(0, 60)), `${message} is not in:\n${page}`);
    await driver.screenshot('gates-now');
  });

  driver.itInBrowser(
    'waives a gate that was picked, with owner, day and reason, and the rules then say so',
    async () => {
      const waiving = run('mlops.waiveGate');
      await choose('recall');
      await driver.windowTexts('.quick-input-widget :text("Who answers for it")');
      await driver.press('Control+A');
      await driver.type('ops');
      await driver.press('Enter');
      await driver.windowTexts('.quick-input-widget :text("Until which day")');
      await driver.press('Control+A');
      await driver.type('2100-01-01');
      await driver.press('Enter');
      await driver.windowTexts('.quick-input-widget :text("Why is recall waived")');
      await typeName('labels are late');
      await waiving;
      assert.deepEqual(
        (await waived()).map(({ gate, owner, until, reason }) => [gate, owner, until, reason]),
        [['recall', 'ops', '2100-01-01', 'labels are late']],
      );
      assert.match(await messages(), /recall counts as a warning until 2100-01-01; ops answers for it/);
      await dismissMessages();
      const answer = await run<GateAnswer>('mlops.evaluateGates');
      assert.equal(answer?.gates.find(({ id }) => id === 'recall')?.status, 'warn');
    },
  );

  driver.itInBrowser('ends a waiver that was picked, with a reason', async () => {
    const ending = run('mlops.endWaiver');
    assert.match(await choose('recall'), /until 2100-01-01/);
    await driver.windowTexts('.quick-input-widget :text("Why does the waiver of recall end")');
    await typeName('the labels came');
    await ending;
    assert.deepEqual(await waived(), []);
  });

  driver.itInBrowser('shows what other rules would have said to the history, asked since when', async () => {
    const asking = run<Backtest>('mlops.backtestGates');
    await driver.windowTexts('.quick-input-widget :text("From which day on")');
    await driver.press('Control+A');
    await driver.type('2020-01-01');
    await driver.press('Enter');
    await driver.windowTexts('.quick-input-widget :text("Rules as they might be")');
    await driver.type('recall.threshold=0');
    await driver.press('Enter');
    const backtest = await asking;
    assert.deepEqual(backtest?.settings, ['recall.threshold=0']);
    assert.ok(backtest.summary.runs > 0);
    assert.equal(backtest.summary.gates.find(({ id }) => id === 'recall')?.failedNow, 0);
    assert.match(await driver.webviewText('h1'), /judged otherwise|same verdicts/i);
    await driver.screenshot('backtest');
  });

  driver.itInBrowser('shows the ledger as a page: the waiver, who set it and why', async () => {
    await run('mlops.showHistory');
    assert.match(await driver.webviewText('h1'), /^\d+ entr/);
    const page = await driver.webviewText('body');
    assert.match(page, /Waiver\s[\s\S]*recall[\s\S]*labels are late/);
    assert.match(page, /Waiver cleared[\s\S]*the labels came/);
    await driver.screenshot('history');
    assert.deepEqual(await driver.consoleProblems(), []);
  });
});
