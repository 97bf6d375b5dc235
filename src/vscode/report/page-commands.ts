import * as vscode from 'vscode';
import type { tableOf } from '../../report/export/tables.js';
import type { HostMessage } from '../../report/protocol.js';
import type { RowsMessage } from '../../report/monitoring/rows.js';
import type { CommandId } from '../command-table.js';
import type { EditorServices } from '../editor-services.js';
import type { Session } from '../session/session.js';
import type { ComparisonPanels } from './comparison.js';
import { exportDocument } from './export.js';
import type { Asked } from './host.js';
import { makeRowsQuery } from './rows-query.js';

const run = (id: CommandId, argument?: unknown) => vscode.commands.executeCommand(id, argument);

/** Does what a report page asks for: only what the protocol lists, and changes only through commands, which ask the guard. */
export function makePageCommands(session: Session, services: EditorServices, comparisons: () => ComparisonPanels) {
  const query = makeRowsQuery(session, services);
  return async ({ command: { command, argument = '' }, document, shown, rows, reply }: Asked): Promise<void> => {
    switch (command) {
      case 'retrain':
        return void run('mlops.retrain');
      case 'monitor':
        return void run('mlops.monitor');
      case 'clearOverride':
        return void run('mlops.clearOverride', argument);
      case 'stopRelease':
        return void run('mlops.stopRelease');
      case 'openLog':
        return void run('mlops.showLog');
      case 'viewJson':
        return document && viewJson(await document.uri());
      case 'copyMarkdown':
        return copyMarkdown(shown);
      case 'copyCsv':
        return copyCsv(await csvIn(shown, argument, rows));
      case 'saveCsv':
        return saveCsv(await csvIn(shown, argument, rows));
      case 'exportReport':
        return document && exportDocument(session, services, document);
      case 'compare':
        return document && comparisons().choose(document);
      case 'openMember':
      case 'readWhole':
        return; // Asked for by previews alone, which answer themselves.
      case 'showRows':
        return reply(await query.rows(document, argument));
      case 'explainRow':
        return reply(await query.explain(document, argument));
    }
  };
}

async function viewJson(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', uri, 'default', vscode.ViewColumn.Beside);
}

/** What the page shows, in the same words. */
async function copyMarkdown(shown: HostMessage): Promise<void> {
  if (shown.type !== 'report') return;
  const { markdownOf } = await import('./drawing.js');
  await vscode.env.clipboard.writeText(markdownOf(shown.view));
  vscode.window.setStatusBarMessage('Report copied as Markdown', 3000);
}

type Csv = ReturnType<typeof tableOf>;

/** A table of the page, or the rows beneath it. */
async function csvIn(shown: HostMessage, id: string, rows: RowsMessage | undefined): Promise<Csv> {
  if (shown.type !== 'report') return undefined;
  const { tableOf } = await import('./drawing.js');
  return tableOf(shown.view, id, rows?.table?.id === id ? rows.table : undefined);
}

async function copyCsv(table: Csv): Promise<void> {
  if (!table) return;
  await vscode.env.clipboard.writeText(table.csv);
  vscode.window.setStatusBarMessage('Table copied as CSV', 3000);
}

async function saveCsv(table: Csv): Promise<void> {
  if (!table) return;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: 'Save the table',
    filters: { CSV: ['csv'] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, table.name) } : {}),
  });
  if (target) await vscode.workspace.fs.writeFile(target, Buffer.from(table.csv));
}
