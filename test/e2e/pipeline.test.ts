import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Override } from '../../src/documents/ledger.js';
import type { QueryResult } from '../../src/documents/tables/query-result.js';
import { stageNames } from '../../src/documents/run.js';
import { clearOverride } from '../../src/pipeline/overrides.js';
import { newRunId } from '../../src/pipeline/run-record.js';
import type { EngineRequest } from '../../src/vscode/editor-services.js';
import type { Api } from '../../src/vscode/start.js';
import type { RunAnswer } from '../../src/vscode/commands/run-commands.js';
import type { ViewId } from '../../src/vscode/trees/view-ids.js';
import * as driver from './support/driver.js';
import { extensionApi, folder, inFolder, lines, run, setting, until } from './support/extension.js';

/** A whole life of a project, in order: each test goes on where the last one ended. */
describe('a project in VS Code', function () {
  this.timeout(180_000);
  let api: Api;
  const items = (view: ViewId) => api.views.of[view].items;
  const decision = () => driver.webviewText('[data-decision]');
  const verdict = () => driver.webviewText('[data-verdict] h1');

  before(async () => {
    api = await extensionApi();
    await vscode.commands.executeCommand('workbench.view.extension.mlops');
  });
  after(async () => {
    for (const name of ['forceRetrain', 'forceSkipRetrain'] as const) await setting(name, undefined);
    // Endpoints outlive a window on purpose; a test's end with it.
    for (const { name } of (await api.snapshots.refresh()).status.endpoints) await run('mlops.stopEndpoint', { name });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('starts with stages that have not run, and says how to begin', () => {
    const stages = lines(items('mlops.pipeline'));
    assert.deepEqual(stages.slice(0, 3), ['No verdict yet | local', 'Ingest | not run yet', 'Features | not run yet']);
    assert.deepEqual(items('mlops.endpoints'), []);
  });

  for (const stage of stageNames) {
    it(`runs the stage ${stage} through its command`, async () => {
      const answer = await run<RunAnswer>(`mlops.${stage}`, { options: {} });
      assert.ok(answer, `mlops.${stage} did not answer`);
      assert.equal(answer.status, 'succeeded', JSON.stringify(answer.stages));
    });
  }

  it('shows in every tree what the stages made', async () => {
    await run('mlops.refresh');
    for (const label of ['Ingest', 'Features', 'Train', 'Deploy', 'Monitor']) {
      const item = items('mlops.pipeline').find((one) => one.label === label);
      assert.match(item?.description ?? '', /just now|ago/, `${label}: ${item?.description}`);
    }
    const all = (view: ViewId) => lines(items(view)).join('\n');
    assert.match(all('mlops.endpoints'), /in service · v1/);
    assert.match(all('mlops.models'), /v1 .*serving/);
    assert.equal(items('mlops.featureGroups').length, 4);
    assert.match(all('mlops.featureGroups'), /\d rows/);
    assert.match(all('mlops.buckets'), /this project's/);
    assert.ok(items('mlops.alarms').length > 0, 'no alarms');
    assert.equal(items('mlops.pipeline').at(-1)?.children?.length, stageNames.length, 'one run a stage');
  });

  it('answers an assistant of the editor from the same verdict', async () => {
    const cancelled = new vscode.CancellationTokenSource();
    const asked = { input: {}, toolInvocationToken: undefined };
    const { content } = await vscode.lm.invokeTool('mlops_verdict', asked, cancelled.token);
    const [part] = content;
    assert.ok(part instanceof vscode.LanguageModelTextPart);
    const { data } = JSON.parse(part.value) as { data: { verdict: string } };
    assert.equal(data.verdict, (await api.snapshots.refresh()).status.verdict);
  });

  it('asks a feature group in SQL, and shows the answer as a page', async () => {
    const asked = { name: 'hdd-failure-train', sql: 'SELECT count(*) AS n FROM records' };
    const answer = await run<QueryResult>('mlops.queryFeatureGroup', asked);
    assert.ok(Number(answer?.rows[0]?.[0]) > 0, JSON.stringify(answer));
    const panel = () => vscode.window.tabGroups.activeTabGroup.activeTab;
    await until(
      'the page is open',
      vscode.window.tabGroups.onDidChangeTabs,
      () => panel()?.label.startsWith('query') ?? false,
    );
  });

  driver.itInBrowser('shows one alarm as a page with state and history', async () => {
    assert.match(await driver.webviewText('h1'), /^1 row/, 'the page of the query is drawn');
    const [first] = items('mlops.alarms').flatMap((item) => item.children ?? [item]);
    await run('mlops.showAlarm', first);
    assert.match(await driver.webviewText('h1'), /^(In alarm|Ok|No data)/);
    await driver.screenshot('alarm');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  driver.itInBrowser('opens the report with verdict and decision', async () => {
    await run('mlops.openReport');
    const attribute = "document.querySelector('[data-verdict]').dataset.verdict";
    assert.equal(await driver.webviewEvaluate(attribute, '[data-verdict]'), 'fail');
    assert.match(await verdict(), /^Fail — recall/);
    assert.match(await decision(), /Retrain — asked for by the gates/);
  });

  driver.itInBrowser('is run, and its verdict read to the rows behind it, with the keyboard alone', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await driver.palette('MLOps: Run All Stages');
    await until('the run is under way', api.runs.onChange, () => api.runs.live);
    await until('the run has ended', api.runs.onChange, () => !api.runs.live);
    await driver.palette('MLOps: Open Report');
    assert.match(await verdict(), /^Fail — recall/);
    const focused = () => driver.webviewEvaluate<string>("document.activeElement?.dataset.evidence ?? ''");
    for (let tabs = 0; tabs < 40 && (await focused()) !== 'recall'; tabs += 1) await driver.press('Tab');
    assert.equal(await focused(), 'recall', 'Tab comes to what is behind the first gate');
    await driver.press('Enter');
    assert.match(await driver.webviewText('[data-rows-note]'), /^\d+ rows?\./);
    await driver.webviewClick('[data-action="close-rows"]');
  });

  driver.itInBrowser('changes the decision and never the verdict when overrides are set in the settings', async () => {
    const before = await verdict();
    await setting('forceSkipRetrain', true);
    await driver.webviewText('[data-override="forceSkipRetrain"]');
    assert.match(await decision(), /Keep v1 — held by override/);
    assert.equal(await verdict(), before);
    assert.match((await driver.windowTexts('.statusbar-item.warning-kind')).join(), /override: skip retrain/);
    await driver.screenshot('override');

    await setting('forceRetrain', true);
    await driver.webviewText('[data-override="forceRetrain"]');
    assert.match(await decision(), /Keep v1 — held by override/, 'of the two, skipping wins');

    await setting('forceSkipRetrain', false);
    await driver.webviewText('[data-decision="retrain"]');
    assert.match(await decision(), /Retrain — asked for by override/);
    assert.equal(await verdict(), before);
    const stored = JSON.parse(readFileSync(overridesFile(), 'utf8')) as { overrides: Override[] };
    const said = stored.overrides.map(({ name, reason }) => [name, reason]);
    assert.deepEqual(said, [['forceRetrain', 'set in settings']]);
  });

  driver.itInBrowser('clears an override in the report, and its setting with it', async () => {
    await driver.webviewClick('[data-override="forceRetrain"] button');
    await until(
      'the override is cleared',
      api.snapshots.onChange,
      () => api.snapshots.last?.status.overrides.length === 0,
    );
    assert.match(await decision(), /Decision/);
    await until('the setting is reset', vscode.workspace.onDidChangeConfiguration, () => {
      return vscode.workspace.getConfiguration('mlops').inspect('forceRetrain')?.workspaceValue === undefined;
    });
  });

  driver.itInBrowser('offers a setting that differs from the environment, and does not apply it', async () => {
    await setting('forceRetrain', true);
    await until('the override is set', api.snapshots.onChange, () => api.snapshots.last?.status.overrides.length === 1);
    // Somebody clears it from a terminal; the next time the project is opened, the setting says something else.
    await clearOverride(api.session.require().environment, 'forceRetrain', 'somebody', 'not here');
    await api.session.reload();
    await until(
      'the environment is read',
      api.snapshots.onChange,
      () => api.snapshots.last?.status.overrides.length === 0,
    );
    assert.match(
      (await driver.windowTexts('[id="mlops-workbench.mlops-workbench.mlops.settings"]')).join(),
      /not applied/,
    );
    await run('mlops.resetSettings');
    assert.equal(vscode.workspace.getConfiguration('mlops').get('forceRetrain'), false);
    assert.deepEqual((await api.snapshots.refresh()).status.overrides, []);
  });

  driver.itInBrowser('shows the rows behind a gate beneath the report', async () => {
    await driver.webviewClick('[data-evidence="recall"]');
    const { confusion_matrix: counts } = (await api.snapshots.get()).results!;
    const rows = new RegExp(`^${counts!.fn} rows?\\.`);
    assert.match(await driver.webviewText('[data-rows-note]'), rows);
    await driver.webviewClick('[data-action="close-rows"]');
  });

  driver.itInBrowser('looks well in light, dark and high contrast', async () => {
    for (const theme of ['light', 'hc', 'dark'] as const) {
      await driver.setTheme(theme);
      await driver.screenshot(`report-${theme}`);
    }
  });

  driver.itInBrowser('opens monitoring_results.json from the explorer in the same report', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const [file] = await vscode.workspace.findFiles('.mlops/**/monitoring_results.json', null, 1);
    assert.ok(file, 'no results were written');
    await vscode.commands.executeCommand('vscode.open', file);
    assert.match(await driver.webviewText('[data-verdict]'), /\S/);
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputCustom);
    assert.equal(input.viewType, 'mlops.monitoringReport');
  });

  driver.itInBrowser('opens the same results straight from the bucket, with the rows behind a gate', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const { bucket } = api.session.require().environment;
    const [file] = await vscode.workspace.findFiles('.mlops/**/monitoring_results.json', null, 1);
    const key = file!.path.slice(file!.path.indexOf(`/${bucket}/`));
    await vscode.commands.executeCommand(
      'vscode.open',
      vscode.Uri.from({ scheme: 'mlops', authority: 'local', path: key }),
    );
    await driver.webviewClick('[data-evidence="recall"]');
    assert.match(await driver.webviewText('[data-rows-note]'), /^\d+ rows?\./);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  driver.itInBrowser('causes no violated policy and no error in the console', async () => {
    assert.deepEqual(await driver.consoleProblems(), []);
  });

  describe('while training takes long', () => {
    const file = inFolder('mlops.json');
    const original = readFileSync(file, 'utf8');
    const write = async (text: string) => {
      const opened = api.session.state;
      writeFileSync(file, text);
      await until('the project is read again', api.session.onChange, () => api.session.state !== opened);
    };
    const training = () =>
      until('training is under way', api.runs.onChange, () => {
        return api.runs.live?.stages.some(({ name, status }) => name === 'train' && status === 'running');
      });
    const train = async () => {
      await api.views.of['mlops.pipeline'].refresh();
      return items('mlops.pipeline').find(({ label }) => label === 'Train');
    };
    before(() => write(original.replace(/"(num_boost_round|early_stopping_round)": \d+/g, '"$1": 10000000')));

    it('cancels a run', async () => {
      const running = run<RunAnswer>('mlops.train', { options: {} });
      await training();
      await run('mlops.cancelRun');
      assert.equal((await running)?.status, 'cancelled');
      assert.equal((await train())?.icon, 'cancelled');
    });

    it('survives a killed engine: the run fails, the editor does not', async () => {
      const running = run<RunAnswer>('mlops.train', { options: {} });
      await training();
      process.kill(api.runs.live!.pid!, 'SIGKILL');
      assert.equal((await running)?.status, 'interrupted');
      assert.equal(api.runs.live, undefined);
      assert.equal((await train())?.icon, 'interrupted');
    });

    it('refuses a second run in the same window', async () => {
      const running = run<RunAnswer>('mlops.train', { options: {} });
      await training();
      assert.equal(await run('mlops.ingest', { options: {} }), undefined);
      await run('mlops.cancelRun');
      assert.equal((await running)?.status, 'cancelled');
    });

    it('finds a run that something else started, and cancels it', async () => {
      const id = newRunId(new Date());
      const engine = startEngine({
        projectFolder: folder(),
        environment: 'local',
        runId: id,
        stages: ['train'],
        options: {},
      });
      await until('the run is found', api.runs.onChange, () => api.runs.live?.id === id);
      await training();
      await run('mlops.cancelRun');
      assert.equal(await engine, 130);
      await until('the run is over', api.runs.onChange, () => api.runs.live === undefined);
    });

    it('runs again when all of that is over', async () => {
      await write(original);
      const answer = await run<RunAnswer>('mlops.train', { options: {} });
      assert.equal(answer?.status, 'succeeded', JSON.stringify(answer));
      assert.equal((await train())?.icon, 'pass');
    });
  });

  function overridesFile(): string {
    return inFolder('.mlops', 'buckets', api.session.require().environment.bucket, 'monitoring/overrides/local.json');
  }
});

/** Starts a run as a terminal would; resolves with its exit code. */
function startEngine(request: EngineRequest): Promise<number | null> {
  const { extensionPath } = vscode.extensions.getExtension('mlops-workbench.mlops-workbench')!;
  const script = join(extensionPath, 'dist', 'engine.js');
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const engine = spawn(process.execPath, [script, JSON.stringify(request)], { env, stdio: 'ignore' });
  return new Promise((done) => engine.once('exit', done));
}
