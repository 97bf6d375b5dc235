import assert from 'node:assert/strict';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { labelledRows, scoringServer } from '../support/scoring-server.js';
import { lcgNumbers } from '../unit/models/support/golden.js';
import * as driver from './support/driver.js';
import { extensionApi, inFolder, run, until } from './support/extension.js';
import {
  acceptPath,
  answerModal,
  choose,
  dismissMessages,
  leaveQuestion,
  messages,
  typePath,
} from './support/window.js';

const kinds = ['comp1', 'comp2', 'no failure'];

/** Predicted classes, four of five of them right, and what came of them, in two months. */
function predictions(): string {
  const chance = lcgNumbers(3);
  const lines = Array.from({ length: 400 }, (_, at) => {
    const kind = kinds[Math.floor(3 * chance())]!;
    const said = chance() < 0.8 ? kind : kinds[Math.floor(3 * chance())]!;
    const day = String(1 + Math.floor((28 * (at % 200)) / 200)).padStart(2, '0');
    return `${chance().toFixed(3)},2026-0${at < 200 ? 1 : 2}-${day},${said},${kind}`;
  });
  return `load,seen,said,kind\n${lines.join('\n')}\n`;
}

/** A table in which `worn` says most of `failed`. */
function ownTable(): string {
  const chance = lcgNumbers(5);
  const lines = Array.from({ length: 400 }, () => {
    const [worn, load] = [chance(), chance()];
    return `${worn.toFixed(3)},${load.toFixed(3)},${worn + 0.6 * chance() > 0.8 ? 'yes' : 'no'}`;
  });
  return `worn,load,failed\n${lines.join('\n')}\n`;
}

describe('a new project beside templates', function () {
  this.timeout(60_000);
  const [file, aside, table] = [inFolder('mlops.json'), inFolder('mlops.json.aside'), inFolder('scored.csv')];
  before(() => {
    writeFileSync(table, predictions());
    // The folder itself is no project meanwhile, so the new one below it is found.
    renameSync(file, aside);
  });
  // Each test makes the only project that there is.
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const made of ['scored', 'asked', 'own', 'adopted']) rmSync(inFolder(made), { recursive: true, force: true });
    await (await extensionApi()).session.reload();
  });
  after(async () => {
    renameSync(aside, file);
    rmSync(table);
    await (await extensionApi()).session.reload();
    await run('mlops.refresh');
  });

  driver.itInBrowser(
    'of several classes is made of its table once its user saw what it holds, and judged',
    async () => {
      const understood = answerModal('Make Project');
      const made = run('mlops.init', { begin: 'predictions', file: table, folder: inFolder('scored') });
      await choose('kind');
      await choose('said');
      await driver.press('Enter');
      assert.match(
        await understood,
        /what scored\.csv holds[^]*kind is one of 3 classes: [^]*said is the predicted class[^]*rows before 2026-01-2/,
      );
      await made;
      const { session, snapshots } = await extensionApi();
      assert.equal(session.require().project.file.name, 'scored');
      await run('mlops.run', { options: {} });
      assert.equal((await snapshots.refresh()).results?.verdict, 'pass');
      await run('mlops.openReport');
      assert.match(await driver.webviewText('h1'), /^Pass/);
      const page = await driver.webviewText('body');
      assert.match(page, /as comp1[^]*as no failure/);
      assert.match(page, /recall.*comp1/);
    },
  );

  driver.itInBrowser('is offered where none is open, and begins with a table that its link asks for', async () => {
    const rows = inFolder('own.csv');
    writeFileSync(rows, ownTable());
    try {
      await vscode.commands.executeCommand('mlops.pipeline.focus');
      const offered = (await driver.windowTexts('.welcome-view-content .monaco-button')).join('|');
      assert.match(offered, /Open a Sample.*Use Your Own Table.*Predictions Made Elsewhere.*AWS Account/);
      await driver.screenshot('no-project');
      const understood = answerModal('Make Project');
      await driver.windowClick('.welcome-view-content .monaco-button:has-text("Use Your Own Table")');
      await typePath(rows);
      await choose('failed');
      assert.match(
        await understood,
        /what own\.csv holds[^]*predicts failed \(binary, "yes" counts as 1\)[^]*2 numbers/,
      );
      const opened = until(
        'its mlops.json is open',
        vscode.window.onDidChangeActiveTextEditor,
        () => vscode.window.activeTextEditor?.document.uri.fsPath === inFolder('own/mlops.json'),
      );
      await acceptPath(`${inFolder()}/`);
      await opened;
      const { session } = await extensionApi();
      assert.equal(session.require().project.file.name, 'own');
    } finally {
      rmSync(rows);
    }
  });

  driver.itInBrowser('is begun by a walkthrough, and by the .env of a system in an account', async () => {
    await run('mlops.openWalkthrough');
    const steps = (await driver.windowTexts('.gettingStarted .step-title')).join('|');
    assert.match(steps, /Open a sample\|Run it\|Read the verdict\|Bring your own table\|Connect an account/);
    assert.match(await driver.webviewText('body:has(svg)'), /Hard drives[^]*which will fail/);
    await driver.screenshot('walkthrough');
    await driver.windowClick('.gettingStarted .monaco-button:has-text("Open a Sample")');
    const templates = (await driver.windowTexts('.quick-input-widget .monaco-list-row')).join('|');
    assert.match(templates, /house-prices/);
    assert.doesNotMatch(templates, /elsewhere|account/i);
    await leaveQuestion();

    const variables = inFolder('deployed.env');
    writeFileSync(variables, 'BUCKET_NAME=drives\nAWS_REGION=us-east-1\nENDPOINT_NAME=drives\n');
    try {
      const made = run('mlops.init', { begin: 'account', folder: inFolder('adopted') });
      await choose('By its .env file');
      await typePath(variables);
      await made;
      const { session } = await extensionApi();
      assert.equal(session.require().project.file.endpoint.name, 'drives');
      assert.match(await messages(), /adopted: columns are not known/);
      await dismissMessages();
    } finally {
      rmSync(variables);
    }
  });

  driver.itInBrowser('asks an endpoint elsewhere once its user saw what it answers', async () => {
    const server = await scoringServer();
    const rows = inFolder('asked.csv');
    writeFileSync(rows, labelledRows('2026-01-01', 800));
    try {
      const understood = answerModal('Make Project');
      const url = `${server.url}/mlflow`;
      const made = run('mlops.init', { begin: 'endpoint', url, file: rows, folder: inFolder('asked') });
      await choose('left');
      await choose('customer');
      await driver.press('Enter');
      assert.match(await understood, /understands rows as "mlflow"[^]*it is sent usage, plan/);
      await made;
      const { session, snapshots } = await extensionApi();
      assert.equal(session.require().project.file.name, 'asked');
      await run('mlops.run', { options: {} });
      assert.equal((await snapshots.refresh()).results?.verdict, 'pass');
    } finally {
      server.stop();
      rmSync(rows);
    }
  });
});
