import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { reportPage } from '../../report/export/page-shell.js';
import type { Current } from '../session/current.js';
import { attachRuns } from './attached.js';
import type { RunsPageParts } from './parts.js';

/** Fills a panel with the runs of the project that is open, and anew when another one is. */
export function followProject(parts: RunsPageParts, panel: vscode.WebviewPanel): vscode.Disposable {
  const { session, extensionUri } = parts;
  const { webview } = panel;
  const root = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'report.svg');
  const served = (name: string) => String(webview.asWebviewUri(vscode.Uri.joinPath(root, name)));
  let attached: vscode.Disposable | undefined;
  let of: Current | undefined;
  const attach = () => {
    const current = session.shown;
    // A project that cannot be read for a moment is the same one.
    if (current !== undefined && current === of) return;
    attached?.dispose();
    attached = undefined;
    of = current;
    if (current === undefined) {
      panel.title = 'Runs';
      webview.html = '';
      return;
    }
    panel.title = `Runs: ${current.project.file.name}`;
    attached = attachRuns(parts, webview, current);
    // The page says `ready` when it has begun, and begins anew for another project.
    webview.html = reportPage({
      ...{ title: panel.title, scriptUri: served('runs.js'), styleUri: served('runs.css') },
      ...{ nonce: randomBytes(18).toString('base64url'), cspSource: webview.cspSource },
    });
  };
  const subscription = session.onChange(attach);
  attach();
  return {
    dispose() {
      subscription.dispose();
      attached?.dispose();
    },
  };
}
