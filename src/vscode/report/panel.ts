import * as vscode from 'vscode';
import type { Session } from '../session/session.js';
import { objectDocument, type ReportDocument } from './document.js';
import { attachReport, type ReportHostParts } from './host.js';
import { resultKeys } from './results.js';

export interface ReportPanel extends vscode.Disposable {
  /** Shows the newest results of the project, and whatever becomes the newest. */
  show: () => void;
}

/** At most one panel; what it shows follows the project. */
export function makeReportPanel(parts: ReportHostParts, session: Session): ReportPanel {
  let panel: vscode.WebviewPanel | undefined;
  return {
    show() {
      if (panel) {
        panel.reveal();
        return;
      }
      const title = 'MLOps report';
      panel = vscode.window.createWebviewPanel('mlops.reportPanel', title, vscode.ViewColumn.Active);
      const made = panel;
      made.iconPath = vscode.Uri.joinPath(parts.extensionUri, 'media', 'report.svg');
      const report = attachReport(parts, {
        webview: made.webview,
        title,
        document: () => newestOf(session),
        onShown: (message) => {
          if (message.type === 'report') made.title = message.view.title;
        },
      });
      made.onDidDispose(() => {
        report.dispose();
        panel = undefined;
      });
    },
    dispose: () => void panel?.dispose(),
  };
}

async function newestOf(session: Session): Promise<ReportDocument | undefined> {
  const { environment } = session.require();
  const key = (await resultKeys(environment)).at(-1);
  return key === undefined ? undefined : objectDocument(environment, key);
}
