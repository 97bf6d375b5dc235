import assert from 'node:assert/strict';
import { writeFileSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { RunAnswer } from '../../../src/vscode/commands/run-commands.js';
import type { Api } from '../../../src/vscode/start.js';
import { commandKinds } from '../../../src/vscode/commands/table.js';
import type { Item, Target } from '../../../src/vscode/trees/item.js';
import type { ViewId } from '../../../src/vscode/trees/view-ids.js';
import * as driver from '../support/driver.js';
import { extensionApi, inFolder, lines, run, until } from '../support/extension.js';
import * as account from './support/account.js';
import { calls, everyCommand } from './support/every-command.js';
import { places } from './support/places.js';
import {
  answerMessage,
  answerModal,
  answerModals,
  choose,
  dismissMessages,
  leaveQuestion,
  messageCount,
  messages,
  typeName,
} from '../support/window.js';

const { itInBrowser } = driver;

/** A whole life of the template's project in an account, in order: each test goes on where the last one ended. */
describe('a project in an AWS account, in VS Code', function () {
  this.timeout(180_000);
  let api: Api;
  const items = (view: ViewId) => api.views.of[view].items;
  const all = (view: ViewId) => lines(items(view)).join('\n');
  const stage = (label: string) => items('mlops.pipeline').find((item) => item.label === label);
  const statusBarShows = (text: string) => driver.windowTexts(`.statusbar-item:has-text("${text}")`);
  const liveText = () => JSON.stringify(api.runs.live ?? '');
  const environment = () => api.session.require().environment;

  before(async () => {
    api = await extensionApi();
    await vscode.commands.executeCommand('workbench.view.extension.mlops');
  });
  after(async () => {
    const settings = vscode.workspace.getConfiguration('mlops');
    await settings.update('environment', undefined, vscode.ConfigurationTarget.Workspace);
    await settings.update('aws.write', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  itInBrowser('switches to an account in the picker, which says where each environment lies', async () => {
    void run('mlops.switchEnvironment');
    assert.match(await choose('prod'), /AWS · us-east-1 · prod/);
    await until('the account is known', api.session.onPlace, () => api.session.require().account() !== undefined);
    assert.equal(environment().name, 'prod');
    await statusBarShows('AWS prod · us-east-1 · 123456789012: read-only');
    const { description, message } = api.views.of['mlops.pipeline'].tree;
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
    await until('writing is on', api.session.onPlace, () => api.session.require().readOnlyBecause() === undefined);
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
    assert.match(all('mlops.buckets'), /monitoring\//);
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
    await run('mlops.openResults', prefix(results.replace('monitoring_results.json', '')));
    assert.match(await driver.webviewText('[data-verdict] h1'), /^Fail — recall/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  describe('with stages as jobs', () => {
    it('runs training as a SageMaker job', async () => {
      const write = vscode.workspace.getConfiguration('mlops');
      await write.update('aws.write', ['prod@123456789012', 'jobs@123456789012'], vscode.ConfigurationTarget.Global);
      await switchTo('jobs');
      const answer = await run<RunAnswer>('mlops.train', { options: { force: true } });
      assert.equal(answer?.status, 'succeeded', JSON.stringify(answer));
      const [job] = await account.jobs();
      assert.equal(job?.kind, 'Training');
      assert.equal(answer.stages[0]!.figures.job, job.name);
      assert.match(stage('Train')?.description ?? '', /v2.*just now/);
    });

    itInBrowser('tells the reason that a failed job left, in one message and on its line', async () => {
      const sql = inFolder('features.sql');
      const before = readFileSync(sql, 'utf8');
      writeFileSync(sql, 'SELECT no_such_column FROM backblaze');
      const answer = await run<RunAnswer>('mlops.features', { options: {} });
      writeFileSync(sql, before);
      assert.equal(answer?.status, 'failed');
      assert.match(await messages(), /job hdd-failure-features-\S+ failed: features\.sql, line 1/);
      await run('mlops.refresh');
      assert.match(stage('Features')?.description ?? '', /failed · job \S+ failed: features\.sql, line 1/);
      assert.equal((await account.jobs()).at(-1)?.status, 'Failed');
      await dismissMessages();
    });

    it('stops the job when the run is cancelled', async () => {
      const file = inFolder('mlops.json');
      const before = readFileSync(file, 'utf8');
      const write = async (text: string) => {
        const opened = api.session.state;
        writeFileSync(file, text);
        await until('the project is read again', api.session.onChange, () => api.session.state !== opened);
      };
      await write(before.replace(/"(num_boost_round|early_stopping_round)": \d+/g, '"$1": 10000000'));
      const known = (await account.jobs()).length;
      const running = run<RunAnswer>('mlops.train', { options: { force: true } });
      await until('the job is under way', api.runs.onChange, () => liveText().includes('hdd-failure-train-'));
      await run('mlops.cancelRun');
      assert.equal((await running)?.status, 'cancelled');
      assert.deepEqual(
        (await account.jobs()).slice(known).map(({ kind, status }) => [kind, status]),
        [['Training', 'Stopped']],
      );
      await write(before);
      await switchTo('prod');
    });
  });

  describe('as a SageMaker Pipeline', () => {
    const root = () => stage('SageMaker Pipeline');
    const children = (item: Item) => api.views.of['mlops.pipeline'].children(item);

    itInBrowser('shows what registering changes, and registers when that is confirmed', async () => {
      await run('mlops.refreshPipeline');
      assert.equal(root()?.description, 'not registered');
      const asked = answerModal('Register');
      const registering = run('mlops.registerPipeline');
      assert.match(await asked, /us-east-1, profile prod, account 123456789012.*add step EvaluateProductionData/s);
      await registering;
      assert.equal(root()?.description, 'no executions yet');
      await run('mlops.registerPipeline');
      assert.match(await messages(), /nothing to do/);
      await dismissMessages();
    });

    itInBrowser('starts an execution, and shows its steps and what was decided', async () => {
      const starting = run<string>('mlops.startPipeline');
      assert.match(await choose('Only judge'), /never retrains/);
      const id = await starting;
      assert.match(root()?.description ?? '', /running · just now/);
      await account.settled();
      await run('mlops.refreshPipeline');
      const [execution] = await children(root()!);
      assert.match(execution!.id, new RegExp(`${id}$`));
      assert.deepEqual(
        (await children(execution!)).map(({ label, description }) => `${label} ${description?.split(' · ')[0]}`),
        ['EvaluateProductionData succeeded', 'CheckRetraining no', 'SaveHealthyReport succeeded'],
      );
    });

    itInBrowser('says why a step failed, with the end of its log', async () => {
      await run('mlops.startPipeline', { parameters: { FeatureGroupProd: 'another-group' } });
      await account.settled();
      await run('mlops.refreshPipeline');
      assert.match(root()?.description ?? '', /failed/);
      const [execution] = await children(root()!);
      const [step] = await children(execution!);
      assert.match(step!.description!, /failed · .*found another-group, expected hdd-failure-production/);
      await run('mlops.showExecution', step);
      assert.match(vscode.window.activeTextEditor!.document.getText(), /the end of its log:\n.*found another-group/s);
      for (const theme of ['light', 'dark'] as const) {
        await driver.setTheme(theme);
        await driver.screenshot(`aws-pipeline-${theme}`);
      }
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });
  });

  describe('with writing turned off again', () => {
    let called: ReturnType<typeof calls>;

    before(async () => {
      await run('mlops.refresh');
      const root = stage('SageMaker Pipeline')!;
      const [execution] = await api.views.of['mlops.pipeline'].children(root);
      const [results] = await resultObjects();
      called = calls({
        bucket: places.bucket,
        results: { key: results!, size: 1 },
        execution: execution!.target as Extract<Target, { kind: 'execution' }>,
        alarm: 'hdd-failure-Invocation5xxErrors',
      });
    });

    itInBrowser('refuses at once, also what was open', async () => {
      assert.equal(api.session.require().readOnlyBecause(), undefined);
      const writers = environment().writers('look');
      await run('mlops.turnOffWriting');
      await account.forget();
      assert.equal(await run('mlops.approveModel', { version: 'v1', reason: 'because' }), undefined);
      assert.match(await messages(), /is read-only, so this is refused/);
      await assert.rejects(writers.objects.put('a.txt', 'x'), /read-only/);
      await assert.rejects(writers.registry.setStatus('hdd-failure', 'v1', 'Rejected', 'x'), /read-only/);
      assert.deepEqual(await account.mutating(), []);
      await dismissMessages();
    });

    itInBrowser('knows every command that VS Code knows', async () => {
      assert.deepEqual(await everyCommand(), Object.keys(called).sort());
    });

    itInBrowser('changes nothing in the account whatever command is called, counted at the server', async () => {
      await account.forget();
      for (const id of await everyCommand()) {
        const { with: argument, asks } = called[id];
        const modals: string[] = [];
        const answering = answerModals(undefined, (text) => modals.push(text));
        const answered = vscode.commands.executeCommand(id, argument);
        if (asks === 'in a box') await leaveQuestion();
        await answered;
        answering.stop();
        assert.equal(modals.length, asks === 'in a dialog' ? 1 : 0, id);
        assert.deepEqual(await account.mutating(), [], id);
        if (commandKinds[id] !== 'write') continue;
        assert.match(await messages(), /is read-only, so this is refused/, id);
        await dismissMessages();
      }
      assert.ok((await account.calls()).length > 50, 'the account was never asked');
      for (const part of ['closeAllEditors', 'closePanel'])
        await vscode.commands.executeCommand(`workbench.action.${part}`);
      vscode.window.terminals.forEach((terminal) => terminal.dispose());
      await dismissMessages();
    });

    itInBrowser('writes again when its user turns it on', async () => {
      const asked = answerModal('Turn Writing On');
      await run('mlops.turnOnWriting');
      assert.match(await asked, /123456789012/);
      await run('mlops.setOverride', { name: 'forceSkipRetrain', reason: 'roll-out', expiresAt: null });
      assert.ok((await account.mutating()).length > 0);
      await driver.windowTexts('.statusbar-item:has-text("override: skip retrain")');
      await run('mlops.refresh');
      await until('the override shows', api.state.onChange, () =>
        stage('Retrain')?.description?.includes('held by override'),
      );
    });
  });

  describe('what is destroyed', () => {
    itInBrowser(
      'is asked for by its name, with account and region in sight; leaving the box changes nothing',
      async () => {
        await account.forget();
        const stopping = run('mlops.stopEndpoint', { name: 'hdd-failure' });
        const asked = await typeName(undefined);
        assert.match(asked, /stop endpoint hdd-failure: environment prod/);
        assert.match(asked, /In account 123456789012, us-east-1\. Type hdd-failure to go on/);
        await driver.screenshot('aws-confirm');
        await leaveQuestion();
        await stopping;
        assert.deepEqual(await account.mutating(), []);
        assert.equal(await messageCount(), 0);
      },
    );

    itInBrowser('apply shows what changes, and makes the account what mlops.json asks for', async () => {
      const applying = run('mlops.apply');
      await typeName('hdd-failure');
      await applying;
      assert.match(shownText('apply.txt'), /account 123456789012.*\+ add hdd-failure-endpoint-hdd-failure/s);
      const { DashboardEntries = [] } = await account.clients.cloudwatch.listDashboards({});
      assert.equal(DashboardEntries.length, 1);
    });

    itInBrowser('cleaning up lists first, and deletes what carries the tag and nothing else', async () => {
      await account.makeAlarm(places.region, 'somebody-elses');
      const cleaning = run('mlops.cleanup');
      await typeName('hdd-failure');
      await cleaning;
      assert.match(shownText('clean-up.txt'), /^endpoint +hdd-failure$/m);
      await run('mlops.refresh');
      assert.deepEqual(items('mlops.endpoints'), []);
      assert.match(all('mlops.alarms'), /^somebody-elses/);
      assert.equal(items('mlops.alarms').length, 1);
      assert.match(all('mlops.buckets'), /artifacts\//, 'the data stays');
    });
  });

  describe('through all of that', () => {
    itInBrowser('causes no violated policy and no error in the console but what it says itself', async () => {
      const problems = await driver.consoleProblems();
      assert.deepEqual(
        problems.filter(({ text }) => !text.startsWith('Run failed: ')),
        [],
      );
    });
  });

  async function switchTo(name: string): Promise<void> {
    const settings = vscode.workspace.getConfiguration('mlops');
    await settings.update('environment', name, vscode.ConfigurationTarget.Workspace);
    await until(`${name} is open`, api.session.onChange, () => environment().name === name);
  }

  async function object(Key: string): Promise<string> {
    const { Body } = await account.clients.s3.getObject({ Bucket: places.bucket, Key });
    return Body!.transformToString();
  }

  async function resultObjects(): Promise<string[]> {
    const where = { Bucket: places.bucket, Prefix: 'monitoring/runs/' };
    const { Contents = [] } = await account.clients.s3.listObjectsV2(where);
    return Contents.map(({ Key = '' }) => Key).filter((key) => key.endsWith('monitoring_results.json'));
  }

  function shownText(name: string): string {
    const found = vscode.workspace.textDocuments.find(({ uri }) => uri.path === `/${name}`);
    assert.ok(found, `${name} is not shown`);
    return found.getText();
  }
});
