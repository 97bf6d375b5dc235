import { posix } from 'node:path';
import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.js';
import type { GridOffer } from '../../documents/grid/page.js';
import { objectScheme } from '../object-address.js';
import { previewEditor } from '../report/editor-types.js';
import { attachGrid } from './attach.js';
import type { GridParts } from './parts.js';
import { LargeElsewhere, makeFileSource } from './sources.js';
import { makeTable } from './table-process.js';

/** Many writers touch a file more than once. */
const settleMs = 300;

/** A table that is a file, in an editor; read again when the file changes. */
export function openFile(parts: GridParts, uri: vscode.Uri, panel: vscode.WebviewPanel): void {
  const { extensionUri, log, session, services, places } = parts;
  let mayFetch = false;
  const file = makeFileSource({ session, places, mayFetch: () => mayFetch }, uri);
  const table = makeTable(services.startTables, file.source);
  const grid = attachGrid({
    ...{ webview: panel.webview, extensionUri, log, table, name: posix.basename(uri.path) },
    offers: (error) => offersFor(uri, error),
    take: async (offer) => {
      if (offer === 'text') return vscode.commands.executeCommand('vscode.openWith', uri, 'default');
      if (offer === 'preview') return vscode.commands.executeCommand('vscode.openWith', uri, previewEditor);
      mayFetch ||= offer === 'fetch';
      return grid.reload();
    },
  });
  let timer: NodeJS.Timeout | undefined;
  const changed = (one: vscode.Uri) => {
    if (String(one) !== String(uri)) return;
    clearTimeout(timer);
    timer = setTimeout(
      () => void grid.reload().catch((error: unknown) => log.error(`grid: ${messageOf(error)}`)),
      settleMs,
    );
  };
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), '*'),
  );
  const parties = [grid, file, watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed)];
  panel.onDidDispose(() => {
    clearTimeout(timer);
    parties.forEach((one) => void one.dispose());
  });
}

function offersFor(uri: vscode.Uri, error: unknown): GridOffer[] {
  if (error instanceof LargeElsewhere) return ['fetch', 'preview'];
  const isText = /\.(csv|tsv|jsonl|ndjson)$/i.test(uri.path);
  return ['again', ...(isText ? (['text'] as const) : uri.scheme === objectScheme ? (['preview'] as const) : [])];
}
