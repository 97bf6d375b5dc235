import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.js';
import { reportPage } from '../../report/page.js';
import { pageMessageOf, type HostMessage, type PageMessage } from '../../report/protocol.js';
import type { State } from '../state.js';
import type { ReportDocument } from './document.js';
import { messageFor, unreadable, type Place } from './message.js';

export type PageCommand = Extract<PageMessage, { type: 'command' }>;

export interface ReportHostParts {
  extensionUri: vscode.Uri;
  state: State;
  log: vscode.LogOutputChannel;
  /** Does what the page asks for; `shown` is what it shows. */
  act: (command: PageCommand, document: ReportDocument, shown: HostMessage) => Promise<void>;
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
  onShown?: (message: HostMessage) => void;
}

/** Fills a webview with the report page and keeps it up to date; shared by the panel and the editors. */
export function attachReport(parts: ReportHostParts, attached: Attached): AttachedReport {
  const { webview, title, document, onShown } = attached;
  const { extensionUri, state, log, act } = parts;
  const root = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [root, vscode.Uri.joinPath(extensionUri, 'media')] };
  const served = (name: string) => String(webview.asWebviewUri(vscode.Uri.joinPath(root, name)));

  let ready = false;
  let sent: { message: HostMessage; text: string } | undefined;
  const push = async () => {
    if (!ready) return;
    const message = await snapshot(await document(), placeOf(state));
    const text = JSON.stringify(message);
    if (text === sent?.text) return;
    sent = { message, text };
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
      pushAndTell();
    } else {
      const shown = await document();
      if (shown && sent) await act(message, shown, sent.message);
    }
  };
  const subscriptions = [webview.onDidReceiveMessage((raw) => void receive(raw)), state.onChange(pushAndTell)];
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
    return messageFor(document.name, await document.text(), place, new Date());
  } catch (error) {
    return unreadable(document.name, error);
  }
}

function placeOf({ last }: State): Place | undefined {
  if (last === undefined) return undefined;
  const { project, environment, overrides } = last.status;
  return { project, environment, overrides };
}
