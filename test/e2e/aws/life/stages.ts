import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MonitoringResults } from '../../../../src/documents/monitoring.js';
import type { RunAnswer } from '../../../../src/vscode/commands/run-commands.js';
import * as driver from '../../support/driver.js';
import { lines, run, until } from '../../support/extension.js';
import * as account from '../support/account.js';
import { object, resultObjects, type Life } from '../support/life.js';
import { places } from '../support/places.js';
import { answerMessage, answerModal, choose, dismissMessages, messages } from '../../support/window.js';

const { itInBrowser } = driver;

/** From the picker to the report: every stage against S3, and what the trees say of it. */
export function stagesAgainstS3(window: Life): void {
  const { items, all, stage, environment, api } = window;
  const statusBarShows = (text: string) => driver.windowTexts(`.statusbar-item:has-text("${text}")`);

  itInBrowser('switches to an account in the picker, which says where each environment lies', async () => {
    void run('mlops.switchEnvironment');
    assert.match(await choose('prod'), /AWS · us-east-1 · prod/);
    await until('the account is known', api().session.onPlace, () => api().session.require().account() !== undefined);
    assert.equal(environment().name, 'prod');
    await statusBarShows('AWS prod · us-east-1 · 123456789012: read-only');
    const { description, message } = api().views.of['mlops.pipeline'].tree;
    assert.deepEqual([description, message], ['prod', '123456789012 · us-east-1 · read-only']);
  });

  itInBrowser('refuses to write in plain words, with one action, and asks AWS for nothing', async () => {
    await run('mlops.refresh');
    await account.forget();
    assert.equal(await run('mlops.ingest', { options: {} }), undefined);
    assert.deepEqual(await account.mutating(), []);
    const said = await messages();
    assert.match(said, /environment prod \(us-east-1, profile prod, account 123456789012\) is read-only/);
    assert.match(said, /Turn On Writing…/);
    await driver.screenshot('aws-refused');
  });

  itInBrowser('turns writing on for this account alone, once its user has confirmed account and region', async () => {
    const asked = answerModal('Turn Writing On');
    await answerMessage('Turn On Writing…');
    assert.match(await asked, /Let commands change prod\?.*Account 123456789012, us-east-1/s);
    await until('writing is on', api().session.onPlace, () => api().session.require().readOnlyBecause() === undefined);
    assert.deepEqual(vscode.workspace.getConfiguration('mlops').get('aws.write'), ['prod@123456789012']);
    await statusBarShows('AWS: writing is on');
    await dismissMessages();
  });

  for (const name of ['ingest', 'features', 'train'] as const) {
    it(`runs the stage ${name} on this machine against S3`, async () => {
      const answer = await run<RunAnswer>(`mlops.${name}`, { options: {} });
      assert.equal(answer?.status, 'succeeded', JSON.stringify(answer));
    });
  }

  itInBrowser('does not deploy a version that was rejected, and does once it is approved', async () => {
    await run('mlops.rejectModel', { version: 'v1', reason: 'not looked at yet' });
    assert.match(all('mlops.models'), /v1 .*rejected/);
    assert.equal((await run<RunAnswer>('mlops.deploy', { options: {} }))?.status, 'failed');
    assert.match(await messages(), /Run failed: .*no approved version/);
    await dismissMessages();
    await run('mlops.approveModel', { version: 'v1', reason: 'tried by hand' });
    assert.match(all('mlops.models'), /v1 .*approved/);
    const answer = await run<RunAnswer>('mlops.deploy', { options: {} });
    assert.equal(answer?.status, 'succeeded', JSON.stringify(answer));
    const { feature_cols: columns } = JSON.parse(await object('artifacts/models/v1/model_metadata.json')) as {
      feature_cols: string[];
    };
    const body = JSON.stringify({ features: [columns.map(() => 0)] });
    const text = await run<string>('mlops.invokeEndpoint', { name: 'hdd-failure', body });
    assert.ok((JSON.parse(text) as { probabilities: number[] }).probabilities[0]! > 0);
  });

  it('judges production data, with the results in S3', async () => {
    const answer = await run<RunAnswer>('mlops.monitor', { options: {} });
    assert.equal(answer?.status, 'succeeded', JSON.stringify(answer));
    const results = JSON.parse(await object(answer.stages[0]!.outputs[0]!.uri)) as MonitoringResults;
    assert.equal(results.verdict, answer.verdict);
    assert.equal(results.environment, 'prod');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await dismissMessages();
  });

  it('shows in every tree what is in the account now', async () => {
    await run('mlops.refresh');
    for (const label of ['Ingest', 'Features', 'Train', 'Deploy', 'Monitor'])
      assert.match(stage(label)?.description ?? '', /just now|ago/, label);
    assert.match(all('mlops.endpoints'), /hdd-failure \| in service · v1/);
    assert.match(all('mlops.models'), /v1 .*approved · serving/);
    assert.equal(items('mlops.featureGroups').length, 4);
    const [bucket] = items('mlops.buckets');
    assert.ok(lines(await api().views.of['mlops.buckets'].children(bucket!)).includes('monitoring/'));
    assert.ok(items('mlops.alarms').length > 0, 'no alarms');
    assert.equal(items('mlops.pipeline').at(-1)?.label, 'Runs');
    assert.equal(items('mlops.pipeline').at(-1)?.children?.length, 6, 'one run a stage, and the one that was refused');
  });

  itInBrowser("opens the verdict's report straight from S3", async () => {
    await run('mlops.openReport');
    assert.match(await driver.webviewText('[data-verdict] h1'), /^Fail — recall/);
    for (const theme of ['light', 'dark'] as const) {
      await driver.setTheme(theme);
      await driver.screenshot(`aws-report-${theme}`);
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const prefix = (key: string) => ({
      ...{ id: key, label: key, icon: 'folder', target: { kind: 'prefix', bucket: places.bucket, key } },
    });
    const results = (await resultObjects()).at(-1)!;
    await run('mlops.openAsReport', prefix(results.replace('monitoring_results.json', '')));
    assert.match(await driver.webviewText('[data-verdict] h1'), /^Fail — recall/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
}
