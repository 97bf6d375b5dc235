import * as vscode from 'vscode';
import { recognise } from '../../documents/recognise.js';
import { markdownOf } from '../../report/markdown.js';
import type { HostMessage } from '../../report/protocol.js';
import type { CommandId } from '../commands/table.js';
import type { Session } from '../session/session.js';
import { objectDocument, type ReportDocument } from './document.js';
import { evidenceRows } from './evidence.js';
import type { PageCommand } from './host.js';
import { pickResults } from './results.js';
import type { RowsDocuments } from './rows-document.js';

const run = (id: CommandId, argument?: unknown) => vscode.commands.executeCommand(id, argument);

/** Does what a report page asks for: only what the protocol lists, and changes only through commands, which ask the guard. */
export function makePageCommands(session: Session, rows: RowsDocuments) {
  return async ({ command, argument }: PageCommand, document: ReportDocument, shown: HostMessage): Promise<void> => {
    switch (command) {
      case 'retrain':
        return void run('mlops.retrain');
      case 'monitor':
        return void run('mlops.monitor');
      case 'clearOverride':
        return void run('mlops.clearOverride', argument);
      case 'openLog':
        return void run('mlops.showLog');
      case 'viewJson':
        return void vscode.commands.executeCommand(
          'vscode.openWith',
          await document.uri(),
          'default',
          vscode.ViewColumn.Beside,
        );
      case 'copyMarkdown':
        return copyMarkdown(shown);
      case 'compare':
        return compare(session);
      case 'openEvidence':
        return openEvidence(document, argument, rows);
    }
  };
}

/** What the page shows, in the same words. */
async function copyMarkdown(shown: HostMessage): Promise<void> {
  if (shown.type !== 'report') return;
  await vscode.env.clipboard.writeText(markdownOf(shown.view));
  vscode.window.setStatusBarMessage('Report copied as Markdown', 3000);
}

async function compare(session: Session): Promise<void> {
  const key = await pickResults(session, 'Compare with');
  if (key === undefined) return;
  const uri = await objectDocument(session.require().environment, key).uri();
  await vscode.commands.executeCommand('vscode.openWith', uri, 'mlops.report', vscode.ViewColumn.Beside);
}

async function openEvidence(document: ReportDocument, gateId: string | undefined, rows: RowsDocuments): Promise<void> {
  const found = recognise(JSON.parse(await document.text()));
  const gate = found.kind === 'monitoring-results' ? found.document.gates.find(({ id }) => id === gateId) : undefined;
  const predictions = gate && (await document.beside('predictions.csv'));
  if (!gate || !predictions) {
    void vscode.window.showInformationMessage('The rows behind this figure are not stored beside the results.');
    return;
  }
  const csv = Buffer.from(await vscode.workspace.fs.readFile(predictions)).toString('utf8');
  await rows.show(`${gate.id}.csv`, evidenceRows(csv, gate));
}
