import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { keys } from '../../documents/keys.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { RunLine } from '../../report/runs/run-line.js';
import { reportEditors } from '../report/editor-types.js';
import { objectDocument } from '../report/document.js';

/** What a run found, as a report; its record where it found nothing. */
export async function openRun(environment: Environment, { id, results }: RunLine): Promise<void> {
  const uri = await objectDocument(environment, results ?? keys.run(id)).uri();
  await vscode.commands.executeCommand('vscode.openWith', uri, reportEditors[0]);
}

/** The line that broke a run, where the project has that file; its whole story in the log otherwise. */
export async function openPlace(folder: string, { cause }: RunLine): Promise<void> {
  const file = cause?.file ?? undefined;
  const path = file === undefined ? undefined : isAbsolute(file) ? file : join(folder, file);
  if (path === undefined) return void vscode.commands.executeCommand('mlops.showLog');
  const at = new vscode.Position(Math.max(0, (cause?.line ?? 1) - 1), 0);
  await vscode.window.showTextDocument(vscode.Uri.file(path), { selection: new vscode.Range(at, at) });
}
