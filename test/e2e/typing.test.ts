import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Api } from '../../src/vscode/start.js';
import { messagesOf, type Message } from '../unit/project/authoring/messages-table.js';
import { extensionApi, inFolder, inRepository, run } from './support/extension.js';

/** What a person who types waits for at most, ms, and what a machine that does other things besides may add. */
const soon = 500;
const patience = 10_000;

describe('the files of a project while they are written in VS Code', function () {
  this.timeout(60_000);
  let api: Api;
  const table = readFileSync(inRepository('docs', 'MESSAGES.md'), 'utf8');
  const of = (uri: vscode.Uri) => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'mlops');

  /** What is shown in a document once that is so, and after how many ms. */
  async function shown(
    uri: vscode.Uri,
    isSo: (all: vscode.Diagnostic[]) => boolean,
  ): Promise<[vscode.Diagnostic[], number]> {
    const begin = performance.now();
    const all = await new Promise<vscode.Diagnostic[]>((resolve, reject) => {
      const look = () => {
        if (!isSo(of(uri))) return;
        clearTimeout(late);
        listening.dispose();
        resolve(of(uri));
      };
      const listening = vscode.languages.onDidChangeDiagnostics(look);
      const late = setTimeout(() => {
        listening.dispose();
        reject(new Error(`found ${JSON.stringify(of(uri).map(({ message }) => message))}`));
      }, patience);
      look();
    });
    return [all, performance.now() - begin];
  }

  async function opened(name: string): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument(inFolder(name));
    return vscode.window.showTextDocument(document);
  }
  const rangeOf = ({ document }: vscode.TextEditor, text: string) => {
    const at = document.getText().indexOf(text);
    assert.ok(at >= 0, `found no ${text}`);
    return new vscode.Range(document.positionAt(at), document.positionAt(at + text.length));
  };

  /** Types a line of the table and finds what it says, at its place and soon; applies the fix, or takes it back. */
  async function finds(editor: vscode.TextEditor, { instead, typed, marked, says, offers }: Message): Promise<void> {
    const { document } = editor;
    await editor.edit((edit) => edit.replace(rangeOf(editor, instead), typed));
    const [all, took] = await shown(document.uri, (found) => found.some(({ message }) => message === says));
    assert.ok(took < soon, `${typed}: ${took} ms`);
    const found = all.find(({ message }) => message === says)!;
    assert.equal(document.getText(found.range), marked);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
    );
    // Fixes of others, such as an assistant's, may stand beside ours.
    const ours = actions.find(({ title }) => title === offers);
    assert.ok(offers === '' || ours, actions.map(({ title }) => title).join('\n'));
    if (ours?.edit !== undefined) await vscode.workspace.applyEdit(ours.edit);
    else await editor.edit((edit) => edit.replace(rangeOf(editor, typed), instead));
    await shown(document.uri, (left) => !left.some(({ message }) => message === says));
  }

  before(async () => {
    api = await extensionApi();
    // Columns are known once sources were ingested, whatever was tested here before.
    const { status } = await api.snapshots.refresh();
    if (status.stages.every(({ finishedAt }) => finishedAt === null)) await run('mlops.ingest', { options: {} });
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('marks what is wrong in mlops.json at its place, and mends it where it can', async () => {
    const editor = await opened('mlops.json');
    const lines = messagesOf('mlops.json', table).filter(({ typed }) =>
      ['"recall => 0.70", "minSamples"', '"task": "binry"', '"fail": 5', '"target": "failur"'].includes(typed),
    );
    assert.equal(lines.length, 4);
    // The first columns come from a process that has to start.
    await editor.edit((edit) => edit.replace(rangeOf(editor, '"failure",\n    "cand'), '"failur",\n    "cand'));
    await shown(editor.document.uri, (found) => found.some(({ message }) => message.includes('"failur"')));
    await vscode.commands.executeCommand('undo');
    for (const line of lines) await finds(editor, line);
  });

  it('marks what DuckDB has against features.sql, with a fix for a name', async () => {
    const editor = await opened('features.sql');
    const lines = messagesOf('features.sql', table).filter(({ typed }) =>
      ['FROM backblaz;', 'SELECT * manufacturer_of(model)', 'SELECT reviewd.*'].includes(typed),
    );
    assert.equal(lines.length, 3);
    for (const line of lines) await finds(editor, line);
  });
});
