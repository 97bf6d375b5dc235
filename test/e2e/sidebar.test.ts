import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RunAnswer } from '../../src/vscode/commands/run-commands.js';
import type { Api } from '../../src/vscode/start.js';
import * as driver from './support/driver.js';
import { extensionApi, inFolder, inRepository, lines, run, until } from './support/extension.js';
import { dismissMessages, messages } from './support/window.js';

const statusItem = '[id="mlops-workbench.mlops-workbench.mlops.verdict"]';
const row = (text: string) => `.pane-body .monaco-list-row:has-text("${text}")`;

/** Beside the report: what a person sees of a project that is well, or breaks. */
describe('the sidebar in VS Code', function () {
  this.timeout(60_000);
  let api: Api;
  const pipeline = () => api.views.of['mlops.pipeline'].items;
  const write = async (file: string, text: string) => {
    const opened = api.session.state;
    writeFileSync(inFolder(file), text);
    if (file === 'mlops.json')
      await until('the project is read again', api.session.onChange, () => api.session.state !== opened);
  };
  const cursorAt = (file: string, line: number, ms?: number) => {
    const isThere = () => {
      const { activeTextEditor: editor } = vscode.window;
      return editor?.document.fileName === inFolder(file) && editor.selection.active.line === line - 1;
    };
    return until(`${file} is open at line ${line}`, vscode.window.onDidChangeTextEditorSelection, isThere, ms);
  };

  before(async () => {
    api = await extensionApi();
    if ((await api.snapshots.refresh()).results === undefined) await run('mlops.run', { options: {} });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('workbench.view.extension.mlops');
    await run('mlops.refresh');
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  // What VS Code logs of a file that was broken on purpose is no fault of a page.
  after(() => driver.consoleProblems());

  driver.itInBrowser('answers first, in every theme, narrow and wide, with no line cut', async () => {
    const [answer, ...rest] = pipeline();
    assert.match(lines([answer!]).join(), /^Fail · (retrain|keep v\d+) \| local · /);
    assert.deepEqual(
      rest.map(({ label }) => label),
      ['Ingest', 'Features', 'Train', 'Deploy', 'Monitor', 'Retrain', 'Runs'],
    );
    // All of the first view is in sight.
    const [shown] = await driver.windowTexts('.pane:has(.title:text-is("Pipeline")) .monaco-list-rows');
    for (const label of ['Fail', 'Retrain', 'Runs']) assert.ok(shown!.includes(label), `${label}: ${shown}`);
    for (const theme of ['light', 'hc', 'dark'] as const) {
      await driver.setTheme(theme);
      await driver.screenshot(`sidebar-300-${theme}`);
    }
    // The editor's width is what these change.
    for (let step = 0; step < 7; step++) await vscode.commands.executeCommand('workbench.action.decreaseViewWidth');
    await driver.screenshot('sidebar-700-dark');
    for (let step = 0; step < 7; step++) await vscode.commands.executeCommand('workbench.action.increaseViewWidth');
  });

  driver.itInBrowser(
    'keeps every tree under one line while mlops.json cannot be read, which opens the place',
    async () => {
      const original = readFileSync(inFolder('mlops.json'), 'utf8');
      const before = Object.entries(api.views.of).map(([id, { items }]) => [id, items.length]);
      const line = original.split('\n').findIndex((text) => text.includes('"name"')) + 1;
      try {
        await write('mlops.json', original.replace('"name": "', '"name: "'));
        assert.equal(api.session.state.kind, 'invalid');
        await run('mlops.refresh');
        const after = Object.entries(api.views.of).map(([id, { items }]) => [id, items.length]);
        assert.deepEqual(
          after,
          before.map(([id, count]) => [id, Number(count) + (id === 'mlops.pipeline' ? 1 : 0)]),
        );
        assert.equal((await driver.windowTexts('.pane-body .monaco-list-row:has(.codicon-error)')).length, 1);
        await driver.windowTexts(`${statusItem}:has-text("mlops.json cannot be read")`);
        await driver.screenshot('sidebar-unreadable');
        await driver.windowClick(row('mlops.json cannot be read'));
        await cursorAt('mlops.json', line);
        // Nothing runs by what cannot be read.
        assert.equal(await run('mlops.ingest', { options: {} }), undefined);
        assert.match(await messages(), /mlops\.json/);
        await dismissMessages();
      } finally {
        await write('mlops.json', original);
      }
      await run('mlops.refresh');
      assert.ok(
        pipeline().every(({ icon }) => icon !== 'error'),
        lines(pipeline()).join('\n'),
      );
    },
  );

  driver.itInBrowser('leads from a stage that broke to the line of its SQL, and says no verdict over it', async () => {
    const original = readFileSync(inFolder('features.sql'), 'utf8');
    try {
      await write('features.sql', original.replace(/^CREATE VIEW drive_days AS$/m, 'CREATE VIEW drive_days SA'));
      const line = original.split('\n').findIndex((text) => text.startsWith('CREATE VIEW drive_days')) + 1;
      const answer = await run<RunAnswer>('mlops.features', { options: {} });
      assert.equal(answer?.status, 'failed');
      await dismissMessages();
      await driver.windowTexts(`${statusItem}:has-text("features failed")`);
      await run('mlops.refresh');
      const broke = pipeline().find(({ label }) => label === 'Features');
      assert.match(lines([broke!]).join(), new RegExp(`failed · go to line ${line}`));
      await driver.screenshot('sidebar-broken');
      // A tree that is drawn anew at that moment takes no click: a person clicks again.
      await driver.windowClick(row('Features'));
      await cursorAt('features.sql', line, 5_000).catch(() => driver.windowClick(row('Features')));
      await cursorAt('features.sql', line, 10_000);
    } finally {
      await write('features.sql', original);
    }
    const mended = await run<RunAnswer>('mlops.features', { options: {} });
    assert.equal(mended?.status, 'succeeded');
    await driver.windowGone(`${statusItem}:has-text("failed")`);
  });

  it('calls only commands of the editor that this editor has', async () => {
    const root = inRepository('src', 'vscode');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const texts = [...files.map((name) => join(root, name)), inRepository('package.json')].map((path) =>
      readFileSync(path, 'utf8'),
    );
    const called = texts.flatMap((text) => [
      ...text.matchAll(/(?:executeCommand(?:<[^>]*>)?\(\s*'|\(command:)([\w.]+)/g),
    ]);
    // Those of the API itself are documented, and listed by no editor.
    const documented = ['vscode.open', 'vscode.openWith', 'vscode.openFolder', 'vscode.diff', 'setContext'];
    const known = new Set([...documented, ...(await vscode.commands.getCommands(false))]);
    for (const [, id] of called) assert.ok(known.has(id!), `${id} is no command of this editor`);
    assert.ok(
      called.some(([, id]) => id === 'vscode.openWith'),
      'found none',
    );
  });
});
