import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.js';
import { reportPage } from '../../report/export/page-shell.js';
import { pageMessageOf, type HostMessage, type PageMessage, type PageNews } from '../../report/protocol.js';
import type { RowsMessage } from '../../report/monitoring/rows.js';
import type { Snapshots } from '../snapshot.js';
import type { ReportDocument } from './document.js';
import type { Place } from './message.js';
import { unreadable } from './unreadable.js';

export type PageCommand = Extract<PageMessage, { type: 'command' }>;

/** What a page asks for, with all that it is about. */
export interface Asked {
  command: PageCommand;
  /** Undefined for a page that shows no document of its own, such as a comparison. */
  document: ReportDocument | undefined;
  shown: HostMessage;
  /** The rows that were last shown beneath it. */
  rows: RowsMessage | undefined;
  reply: (news: PageNews) => Promise<void>;
}

export interface ReportHostParts {
  extensionUri: vscode.Uri;
  snapshots: Snapshots;
  log: vscode.LogOutputChannel;
  /** Does what the page asks for. */
  act: (asked: Asked) => Promise<void>;
}

export interface AttachedReport extends vscode.Disposable {
  /** Sends the page a fresh snapshot, if it differs from the last one. */
  push: () => Promise<void>;
}

interface Attached {
  webview: vscode.Webview;
  title: string;
  /** The document of the moment: a panel for the newest results moves on. */
  document: () => Promise<ReportDocument | undefined>;
  /** What to show instead of the document itself. */
  content?: () => Promise<HostMessage>;
  /** What the page keeps for us while the window is loaded again. */
  remember?: unknown;
  onShown?: (message: HostMessage) => void;
  /** False while nobody can look at it: nothing is asked then, for the page is filled anew when it comes back. */
  visible?: () => boolean;
}

/** Fills a webview with the report page and keeps it up to date; shared by the panel and the editors. */
export function attachReport(parts: ReportHostParts, attached: Attached): AttachedReport {
  const { webview, title, document, content, remember, onShown, visible = () => true } = attached;
  const { extensionUri, snapshots, log, act } = parts;
  const root = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [root, vscode.Uri.joinPath(extensionUri, 'media')] };
  const served = (name: string) => String(webview.asWebviewUri(vscode.Uri.joinPath(root, name)));

  let ready = false;
  let sent: { message: HostMessage; text: string } | undefined;
  let rows: RowsMessage | undefined;
  const push = async () => {
    if (!ready || !visible()) return;
    const message = content ? await content() : await snapshot(await document(), placeOf(snapshots));
    const text = JSON.stringify(message);
    if (text === sent?.text) return;
    sent = { message, text };
    rows = undefined;
    onShown?.(message);
    await webview.postMessage(message);
  };
  const pushAndTell = () => {
    push().catch((error: unknown) => log.error(`report: ${messageOf(error)}`));
  };
  const receive = async (raw: unknown) => {
    const message = pageMessageOf(raw);
    if (message === undefined) {
      log.warn(`report: passed over a message that no page of ours sends: ${JSON.stringify(raw)?.slice(0, 200)}`);
    } else if (message.type === 'ready') {
      // The page (re)loaded and knows nothing.
      [ready, sent] = [true, undefined];
      if (remember !== undefined) await webview.postMessage({ type: 'remember', state: remember });
      pushAndTell();
    } else if (sent) {
      const reply = async (news: PageNews) => {
        if (news.type === 'rows') rows = news;
        await webview.postMessage(news);
      };
      await act({ command: message, document: await document(), shown: sent.message, rows, reply });
    }
  };
  const receiveAndTell = (raw: unknown) => {
    receive(raw).catch((error: unknown) => {
      log.error(`report: ${messageOf(error)}`);
      void vscode.window.showErrorMessage(messageOf(error));
    });
  };
  const subscriptions = [webview.onDidReceiveMessage(receiveAndTell), snapshots.onChange(pushAndTell)];
  webview.html = reportPage({
    title,
    scriptUri: served('report.js'),
    styleUri: served('report.css'),
    nonce: randomBytes(18).toString('base64url'),
    cspSource: webview.cspSource,
  });
  return { push, dispose: () => subscriptions.forEach((one) => void one.dispose()) };
}

async function snapshot(document: ReportDocument | undefined, place: Place | undefined): Promise<HostMessage> {
  if (document === undefined) return unreadable('No results yet', 'Run the stage monitor to get a verdict.');
  try {
    const { messageFor } = await import('./drawing.js');
    return messageFor(document.name, await document.read(), place, new Date());
  } catch (error) {
    return unreadable(document.name, error, ['viewJson']);
  }
}

function placeOf({ last }: Snapshots): Place | undefined {
  if (last === undefined) return undefined;
  const { project, environment, overrides } = last.status;
  return { project, environment, overrides };
}
