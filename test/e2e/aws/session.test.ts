import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RunAnswer } from '../../../src/vscode/commands/run-commands.js';
import type { Api } from '../../../src/vscode/start.js';
import { viewIds, type ViewId } from '../../../src/vscode/trees/view-ids.js';
import * as driver from '../support/driver.js';
import { allLines, extensionApi, run, until } from '../support/extension.js';
import * as account from './support/account.js';
import { mfaDevice, places, profiles, writeCredentials } from './support/places.js';
import { answerMessage, dismissMessages, leaveQuestion, messageCount, messages, typeName } from '../support/window.js';

const { itInBrowser } = driver;
const alarms = { [profiles.prod]: 'alarm-of-prod', [profiles.other]: 'alarm-of-other' };

describe('signing in to an account from VS Code', function () {
  this.timeout(120_000);
  let api: Api;
  const all = (view: ViewId) => allLines(api.views.of[view].items).join('\n');
  const statusBarShows = (text: string) => driver.windowTexts(`.statusbar-item:has-text("${text}")`);
  const signedBy = async () => (await account.calls()).map(({ signed }) => /Credential=(\w+)/.exec(signed)?.[1]);

  before(async () => {
    api = await extensionApi();
    await vscode.commands.executeCommand('workbench.view.extension.mlops');
    await account.makeAlarm(places.region, alarms[profiles.prod]!);
    await account.makeAlarm(places.otherRegion, alarms[profiles.other]!);
    await setting('aws.profile', profiles.prod);
    const opened = api.session.state;
    await setting('environment', 'elsewhere');
    await until('the environment is open', api.session.onChange, () => api.session.state !== opened);
    await dismissMessages();
  });
  after(async () => {
    await account.clearFaults();
    writeCredentials(account.home, 'AKIAPROD');
    await setting('environment', undefined);
    await setting('aws.profile', undefined);
  });

  itInBrowser('shows only what the new profile sees when it is switched during a slow listing', async () => {
    await run('mlops.refreshAlarms');
    assert.match(all('mlops.alarms'), /alarm-of-prod/);
    await account.fault({ operation: 'DescribeAlarms', signed: 'AKIAPROD', times: 1, how: { kind: 'slow', ms: 3000 } });
    const slow = run('mlops.refreshAlarms');
    await account.faultMet();
    await setting('aws.profile', profiles.other);
    await until('the other profile is open', api.session.onChange, () => place().profile === profiles.other);
    await until('the account is known', api.session.onPlace, () => api.session.require().account() !== undefined);
    await run('mlops.refreshAlarms');
    const onlyOther = /^1 alarm of others.*\nalarm-of-other.*$/;
    assert.match(all('mlops.alarms'), onlyOther);
    await slow;
    assert.match(all('mlops.alarms'), onlyOther, 'also when the slow answer has come');
    await statusBarShows(`AWS elsewhere · ${places.otherRegion} · ${places.account}`);
  });

  itInBrowser('notices that the credentials file changed, without a reload or a refresh', async () => {
    await setting('aws.profile', profiles.prod);
    await until('the profile is open', api.session.onChange, () => place().profile === profiles.prod);
    const opened = api.session.state;
    writeCredentials(account.home, 'AKIANEXT');
    await until('the account is opened again', api.session.onChange, () => api.session.state !== opened);
    await account.forget();
    await until('the account is known', api.session.onPlace, () => api.session.require().account() !== undefined);
    await run('mlops.refreshAlarms');
    assert.deepEqual([...new Set(await signedBy())], ['AKIANEXT']);
  });

  itInBrowser('tells once that a sign-in has expired, with one action, and on every tree', async () => {
    const how = { kind: 'status', status: 400, code: 'ExpiredTokenException' } as const;
    await account.fault({ operation: '.', how });
    await run('mlops.refresh');
    const said = await messages();
    assert.match(said, /the sign-in has expired; renew it with: aws sso login --profile prod/);
    assert.equal(await messageCount(), 1, said);
    for (const view of viewIds) assert.match(all(view), /^The sign-in has expired \| click to sign in/, view);
    await driver.windowGone('.monaco-list-row:has-text("Looking…")');
    await driver.screenshot('aws-expired-dark');
    await answerMessage('Sign In');
    await until('a terminal is open', vscode.window.onDidOpenTerminal, () => terminal() !== undefined);
    terminal()!.dispose();
  });

  itInBrowser('is well again after one refresh when the sign-in was renewed', async () => {
    await account.clearFaults();
    await run('mlops.refresh');
    for (const view of viewIds) assert.doesNotMatch(all(view), /expired|stale/, view);
    assert.match(all('mlops.alarms'), /^alarm-of-prod/m);
    await dismissMessages();
  });

  itInBrowser('tells anew when it expires again', async () => {
    const how = { kind: 'status', status: 400, code: 'ExpiredTokenException' } as const;
    await account.fault({ operation: '.', how });
    await run('mlops.refresh');
    assert.match(await messages(), /the sign-in has expired/);
    await account.clearFaults();
    await run('mlops.refresh');
    await dismissMessages();
  });

  itInBrowser('asks for the code of an MFA device once, and asks nobody who left the box until they act', async () => {
    await account.forget();
    await setting('aws.profile', profiles.mfa);
    const asked = await typeName(undefined);
    assert.match(asked, new RegExp(`Sign in to AWS\\nCode of the MFA device ${mfaDevice}`));
    await driver.windowTexts('.monaco-list-row:has-text("Looking…")');
    const rows = (await driver.windowTexts('.tree-explorer-viewlet-tree-view .monaco-list-row')).join('\n');
    assert.doesNotMatch(rows, /alarm-of/, 'lines of the profile that was left');
    await driver.screenshot('aws-mfa-dark');
    await leaveQuestion();
    await Promise.all(viewIds.map((view) => api.views.of[view].refresh()));
    assert.equal(await driver.windowCount('.quick-input-widget'), 0);
    for (const view of viewIds) assert.match(all(view), /^signing in was cancelled \| click to sign in/, view);
    assert.equal(await messageCount(), 0);
    assert.ok(!(await account.calls()).some(({ operation }) => operation === 'AssumeRole'));
  });

  itInBrowser('goes on with the code', async () => {
    const refreshing = run('mlops.refresh');
    await typeName('123456');
    await refreshing;
    const operations = (await account.calls()).map(({ operation }) => operation);
    assert.equal(operations.filter((one) => one === 'AssumeRole').length, 1);
    assert.match(all('mlops.alarms'), /^alarm-of-prod/m);
    await statusBarShows(`AWS elsewhere · ${places.region} · ${places.account}`);
  });

  itInBrowser('hands the session over to a run, which cannot ask', async () => {
    const settings = vscode.workspace.getConfiguration('mlops');
    await settings.update('aws.write', [`elsewhere@${places.account}`], vscode.ConfigurationTarget.Global);
    await until('writing is on', api.session.onPlace, () => api.session.require().readOnlyBecause() === undefined);
    await account.forget();
    const answer = await run<RunAnswer>('mlops.ingest', { options: {} });
    await settings.update('aws.write', undefined, vscode.ConfigurationTarget.Global);
    assert.equal(answer?.status, 'succeeded', JSON.stringify(answer));
    assert.ok(!(await account.calls()).some(({ operation }) => operation === 'AssumeRole'));
  });

  const place = () => api.session.require().environment;
  const terminal = () => vscode.window.terminals.find(({ name }) => name === 'AWS sign-in');

  function setting(name: 'environment' | 'aws.profile', value: string | undefined): Thenable<void> {
    return vscode.workspace.getConfiguration('mlops').update(name, value, vscode.ConfigurationTarget.Workspace);
  }
});
