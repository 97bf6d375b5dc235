import { randomBytes } from 'node:crypto';
import { copyFile, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import * as vscode from 'vscode';
import { CancelledError, messageOf } from '../../common/errors.js';
import { gridMessageSchema, type GridMessage, type GridNews, type GridOffer } from '../../documents/grid/page.js';
import { reportPage } from '../../report/export/page-shell.js';
import type { Table } from './table-process.js';

export interface Attached {
  webview: vscode.Webview;
  extensionUri: vscode.Uri;
  log: vscode.LogOutputChannel;
  name: string;
  table: Table;
  /** What may be done where the table cannot be read. */
  offers?: (error: unknown) => GridOffer[];
  take?: (offer: GridOffer) => unknown;
  /** Goes with the table: how long a query took, that it has changed since. */
  about?: () => { took?: number; stale?: string };
}

export interface AttachedGrid extends vscode.Disposable {
  /** Reads the table again. */
  reload: () => Promise<void>;
  tell: (news: GridNews) => Thenable<boolean>;
}

/** Fills a webview with the grid's page, and answers what it asks from the table's process. */
export function attachGrid(attached: Attached): AttachedGrid {
  const { webview, extensionUri, log, name, table, offers = () => [], take, about } = attached;
  const root = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  const served = (file: string) => String(webview.asWebviewUri(vscode.Uri.joinPath(root, file)));
  const tell = (news: GridNews) => webview.postMessage(news);
  const asked = new Map<number, AbortController>();

  const show = async () => {
    await tell({ type: 'reading', name });
    try {
      await tell({ type: 'table', name, table: await table.open(), ...about?.() });
    } catch (error) {
      await tell({ type: 'failed', name, message: messageOf(error), offers: offers(error) });
    }
  };
  const answer = async ({ id, question }: Extract<GridMessage, { type: 'ask' }>) => {
    const abort = new AbortController();
    asked.set(id, abort);
    try {
      await tell({ type: 'answer', id, answer: await table.ask(question, abort.signal) });
    } catch (error) {
      await tell({ type: 'refused', id, message: abort.signal.aborted ? '' : messageOf(error) });
    } finally {
      asked.delete(id);
    }
  };
  const receive = async (raw: unknown) => {
    const { success, data: message } = gridMessageSchema.safeParse(raw);
    if (!success) return log.warn(`grid: passed over a message that no page of ours sends`);
    switch (message.type) {
      case 'ready':
        return show();
      case 'ask':
        return answer(message);
      case 'cancel':
        return asked.get(message.id)?.abort();
      case 'copy': {
        const { text, rows } = await table.ask({ ask: 'copy', wish: message.wish, named: message.named });
        await vscode.env.clipboard.writeText(text);
        const cells = rows * message.wish.columns.length;
        return tell({ type: 'news', text: cells === 1 ? 'Copied 1 cell' : `Copied ${cells} cells` });
      }
      case 'save':
        return save(attached, message, tell);
      case 'take':
        return message.offer === 'again' && take === undefined ? show() : take?.(message.offer);
    }
  };
  const subscription = webview.onDidReceiveMessage((raw: unknown) => {
    receive(raw).catch((error: unknown) => {
      if (error instanceof CancelledError) return;
      log.error(`grid: ${messageOf(error)}`);
      void tell({ type: 'news', text: messageOf(error) });
    });
  });
  webview.html = reportPage({
    title: name,
    scriptUri: served('grid.js'),
    styleUri: served('grid.css'),
    nonce: randomBytes(18).toString('base64url'),
    cspSource: webview.cspSource,
  });
  return {
    tell,
    async reload() {
      table.end();
      await show();
    },
    dispose() {
      subscription.dispose();
      table.end();
    },
  };
}

/** The rows as they are shown, to a file that the user names. */
async function save(
  { name, table }: Attached,
  { view, columns }: Extract<GridMessage, { type: 'save' }>,
  tell: AttachedGrid['tell'],
) {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  const target = await vscode.window.showSaveDialog({
    title: 'Export the rows that are shown',
    defaultUri: vscode.Uri.joinPath(folder, `${name.replace(/\.[a-z0-9.]+$/i, '')}-rows.csv`),
    filters: { CSV: ['csv'], Parquet: ['parquet'] },
  });
  if (target === undefined) return;
  const ending = extname(target.fsPath).toLowerCase() === '.parquet' ? '.parquet' : '.csv';
  const { rows, path } = await table.ask({ ask: 'save', view, columns, ending });
  await copyFile(path, target.fsPath);
  await rm(path, { force: true });
  await tell({ type: 'news', text: `${rows} ${rows === 1 ? 'row' : 'rows'} written to ${target.fsPath}` });
}
