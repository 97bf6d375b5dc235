import * as vscode from 'vscode';
import type { Session } from '../session/session.js';
import { objectDocument, type ReportDocument } from './document.js';
import { attachReport, type ReportHostParts } from './host.js';
import { resultKeys } from './results.js';

const viewType = 'mlops.reportPanel';
const title = 'MLOps report';

export interface ReportPanel extends vscode.Disposable {
  /** Shows the newest results of the project, and whatever becomes the newest. */
  show: () => void;
}

/** At most one panel; what it shows follows the project. It comes back when the window is loaded again. */
export function makeReportPanel(parts: ReportHostParts, session: Session): ReportPanel {
  let panel: vscode.WebviewPanel | undefined;
  const fill = (made: vscode.WebviewPanel) => {
    panel = made;
    made.iconPath = vscode.Uri.joinPath(parts.extensionUri, 'media', 'report.svg');
    const report = attachReport(parts, {
      webview: made.webview,
      title,
      document: () => newestOf(session),
      remember: {},
      onShown: (message) => {
        if (message.type === 'report') made.title = message.view.title;
      },
    });
    // A window that was just loaded learns of its project later.
    const ready = session.onChange(({ kind }) => kind === 'ready' && void report.push().catch(() => undefined));
    made.onDidDispose(() => {
      ready.dispose();
      report.dispose();
      if (panel === made) panel = undefined;
    });
  };
  const serializer = vscode.window.registerWebviewPanelSerializer(viewType, {
    deserializeWebviewPanel(restored) {
      if (panel) restored.dispose();
      else fill(restored);
      return Promise.resolve();
    },
  });
  return {
    show() {
      if (panel) return panel.reveal();
      void vscode.window.tabGroups.close(tabsFromBefore());
      fill(vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active));
    },
    dispose() {
      serializer.dispose();
      panel?.dispose();
    },
  };
}

/** A panel from before the window was loaded again is not handed to us until somebody looks at it. */
function tabsFromBefore(): vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType));
}

/** Nothing while no project is open: a restored panel waits for it. */
async function newestOf(session: Session): Promise<ReportDocument | undefined> {
  if (session.shown === undefined) return undefined;
  const { environment } = session.shown;
  const key = (await resultKeys(environment)).at(-1);
  return key === undefined ? undefined : objectDocument(environment, key);
}
