import * as vscode from 'vscode';
import { keys } from '../../documents/keys.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { RunLine } from '../../report/runs/run-line.js';
import type { CommandId } from '../command-table.js';
import { reportEditors } from '../report/editor-types.js';
import { objectDocument } from '../report/document.js';
import type { Item } from '../tree-item.js';

/** What a run found, as a report; its record where it found nothing. */
export async function openRun(environment: Environment, { id, results }: RunLine): Promise<void> {
  const uri = await objectDocument(environment, results ?? keys.run(id)).uri();
  await vscode.commands.executeCommand('vscode.openWith', uri, reportEditors[0]);
}

/** The line that broke a run, where the project has that file; its whole story in its log otherwise. */
export async function openPlace({ id }: RunLine): Promise<void> {
  const item = { id: `run/${id}`, label: id, icon: 'none', target: { kind: 'run', id } } satisfies Item;
  await vscode.commands.executeCommand('mlops.openCause' satisfies CommandId, item);
}
