import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';

import { watcherOf } from '../../src/pipeline/watching/place.js';
import { readJsonc } from '../../src/project/jsonc.js';
import type { Api } from '../../src/vscode/start.js';
import * as driver from './support/driver.js';
import { extensionApi, inFolder, run, until } from './support/extension.js';
import { answerMessage, dismissMessages } from './support/window.js';

/** It has no data, which breaches: in alarm at the first look, once it is old enough to be judged. */
const silent = {
  ...{ name: 'no-drift-score', namespace: 'Drift', metric: 'DriftScore', statistic: 'SampleCount', rule: '< 1' },
  ...{ dimensions: {}, period: '1m', missing: 'breaching', then: ['note'] },
};

describe('watching in VS Code', function () {
  this.timeout(60_000);
  let api: Api;
  const file = inFolder('mlops.json');
  const setting = (value: boolean | undefined) =>
    vscode.workspace.getConfiguration('mlops').update('watch', value, vscode.ConfigurationTarget.Global);
  const becomes = (kind: Api['watcher']['state']['kind']) =>
    until(`the window is ${kind}`, api.watcher.onChange, () => api.watcher.state.kind === kind);
  const holder = () => watcherOf(api.session.require());
  let original: string;

  before(async () => {
    api = await extensionApi();
    original = readFileSync(file, 'utf8');
    // Without its loop, which would begin to judge and retrain.
    const { loop: _loop, ...rest } = readJsonc(original).value as object & { loop?: object };
    const project = { ...rest, alarms: [silent], actions: { note: { kind: 'notification' } } };
    const opened = until('the project is read anew', api.session.onChange, () => {
      const { state } = api.session;
      return state.kind === 'ready' && state.current.project.file.actions?.note !== undefined;
    });
    writeFileSync(file, JSON.stringify(project));
    await opened;
    await dismissMessages();
  });
  after(async () => {
    await setting(undefined);
    await run('mlops.stopWatching');
    writeFileSync(file, original);
    await api.session.reload();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('begins by the command and ends by it, and nothing of it is there before', async () => {
    assert.equal(api.watcher.state.kind, 'off');
    assert.equal(await holder(), undefined);
    await run('mlops.watchProject');
    await becomes('watching');
    assert.ok((await holder())!.pid !== process.pid);
    await run('mlops.stopWatching');
    assert.equal(api.watcher.state.kind, 'off');
    assert.equal(await holder(), undefined, 'the process is gone when the window says so');

    await setting(true);
    await becomes('watching');
    await setting(undefined);
    await becomes('off');
  });

  it('does what was said last, however quickly', async () => {
    const flips = [true, false, true, false].map((on) => api.watcher.wish(on));
    await Promise.all(flips);
    assert.deepEqual([api.watcher.state.kind, await holder()], ['off', undefined]);
  });

  driver.itInBrowser('tells of an alarm once, with the alarm one click away', async () => {
    const { then: _then, rule: _rule, period: _period, ...said } = silent;
    const judged = { period: 60, evaluationPeriods: 1, datapointsToAlarm: 1, operator: '<', threshold: 1 };
    const early = '2026-01-01T00:00:00.000Z';
    const known = { definition: { ...said, ...judged }, state: 'INSUFFICIENT_DATA', since: early, createdAt: early };
    mkdirSync(inFolder('.mlops/alarms'), { recursive: true });
    writeFileSync(inFolder('.mlops/alarms/no-drift-score.json'), JSON.stringify({ ...known, history: [] }));
    await run('mlops.watchProject');
    await becomes('watching');
    await vscode.commands.executeCommand('notifications.showList');
    const message = '.notifications-center .notification-list-item:has-text("alarm no-drift-score is in alarm")';
    await driver.windowTexts(message);
    assert.equal(await driver.windowCount(message), 1, 'though mlops.json asks for a notification too');
    const bar = (await driver.windowTexts('.statusbar-item')).join('\n');
    assert.match(bar, /watching/);
    await driver.screenshot('watching');
    await answerMessage('Open Alarm');
    assert.match(await driver.webviewText('h1'), /^In alarm/);
    await dismissMessages();

    // Begun again, it tells nothing that it told.
    await run('mlops.stopWatching');
    await run('mlops.watchProject');
    await becomes('watching');
    const told = () => readFileSync(inFolder('.mlops/watching/local/alarms.json'), 'utf8');
    const startedAt = (await holder())!.startedAt;
    const looked = () => (JSON.parse(told()) as { at: string }).at > startedAt;
    const changes = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(inFolder('.mlops'), 'watching/**/watcher.json'),
    );
    await until('the alarms were looked at again', changes.onDidChange, looked);
    changes.dispose();
    await vscode.commands.executeCommand('notifications.showList');
    assert.equal(await driver.windowCount(message), 0);
  });
});
