import { parse } from 'node:path';
import * as vscode from 'vscode';
import { RefusedError } from '../../../common/errors.js';
import type { EditorServices } from '../../editor-services.js';
import { askCli } from '../../runs/ask-cli.js';
import { withProgress } from '../../session/progress.js';
import type { Session } from '../../session/session.js';
import { saidIn } from '../arguments.js';
import type { Handlers } from '../register.js';
import { sheetWords } from './pick-sheet.js';
import { tableEndings, tableOf, writtenEndings } from './table-file.js';

/** A table of the workspace, scored by the model that is served. */
export function scoreCommands(
  session: Session,
  services: Pick<EditorServices, 'runCli'>,
): Pick<Handlers, 'mlops.scoreFile'> {
  return {
    'mlops.scoreFile': async (argument) => {
      const current = session.require();
      if (!vscode.workspace.isTrusted) throw new RefusedError('Files are scored only in a trusted workspace.');
      const said = saidIn<{ out: string }>(argument);
      const file = await tableOf(argument, { openLabel: 'Score', endings: [...tableEndings, 'zip'] });
      const sheet = file && (await sheetWords(file));
      const out = sheet && (said.out ?? (await chooseOut(file)));
      if (!file || !sheet || !out) return undefined;
      const words = ['predict', file, ...sheet, '--out', out, '--force'];
      const done = await withProgress(`Scoring ${parse(file).base}`, (_, signal) =>
        askCli(services, current, words, { signal }),
      );
      void offer(out);
      return done;
    },
  };
}

/** The dialog itself asks before a file that is there is written over. */
async function chooseOut(file: string): Promise<string | undefined> {
  const { dir, name, ext } = parse(file);
  const kind = writtenEndings.includes(ext.slice(1)) ? ext : '.csv';
  const defaultUri = vscode.Uri.joinPath(vscode.Uri.file(dir), `${name}-scored${kind}`);
  const options = { title: 'Where to?', saveLabel: 'Score', defaultUri, filters: { Tables: writtenEndings } };
  return (await vscode.window.showSaveDialog(options))?.fsPath;
}

async function offer(out: string): Promise<void> {
  const open = 'Open';
  const answer = await vscode.window.showInformationMessage(`Scored: ${out}`, open);
  if (answer === open) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(out));
}
