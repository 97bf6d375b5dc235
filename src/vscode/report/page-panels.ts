import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.js';
import type { HostMessage } from '../../report/protocol.js';
import { attachReport, type ReportHostParts } from './host.js';
import { unreadable } from './unreadable.js';

const viewType = 'mlops.page';

/** How often what is measured now is looked at again. */
export const livePageMs = 30_000;

export interface PagePanels extends vscode.Disposable {
  /**
   * Shows a document that lies in no file, by the report's own page; asked again for the same subject, its panel comes
   * back with what holds now. `read` is called whenever the page is filled, also in another environment.
   */
  show: (subject: string, title: string, read: () => Promise<object>, options?: ShowOptions) => void;
  /** Fills the page of a subject anew where it stands, if it is still open. */
  refresh: (subject: string) => void;
}

interface ShowOptions {
  /** Filled anew so often while somebody can see it, in milliseconds. */
  every?: number;
}

/** Pages of alarms and of queries: they last as long as somebody looks at them. */
export function makePagePanels(parts: ReportHostParts): PagePanels {
  const open = new Map<
    string,
    { panel: vscode.WebviewPanel; read: () => Promise<object>; push: () => Promise<void> }
  >();
  const fill = (subject: string) => {
    const there = open.get(subject);
    there?.push().catch((error: unknown) => parts.log.error(`${subject}: ${messageOf(error)}`));
  };
  return {
    refresh: fill,
    show(subject, title, read, { every } = {}) {
      const before = open.get(subject);
      if (before !== undefined) {
        before.read = read;
        before.panel.reveal();
        fill(subject);
        return;
      }
      const panel = vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active);
      panel.iconPath = vscode.Uri.joinPath(parts.extensionUri, 'media', 'report.svg');
      const report = attachReport(parts, {
        webview: panel.webview,
        title,
        document: () => Promise.resolve(undefined),
        visible: () => panel.visible,
        content: () => contentOf(title, () => (open.get(subject)?.read ?? read)()),
      });
      open.set(subject, { panel, read, push: report.push });
      // Only what is seen asks its environment.
      const clock = every === undefined ? undefined : setInterval(() => panel.visible && fill(subject), every);
      panel.onDidDispose(() => {
        clearInterval(clock);
        open.delete(subject);
        report.dispose();
      });
    },
    dispose: () => [...open.values()].forEach(({ panel }) => void panel.dispose()),
  };
}

async function contentOf(title: string, read: () => Promise<object>): Promise<HostMessage> {
  const context = {
    overrides: [],
    now: new Date(),
    commands: ['stopRelease', 'copyMarkdown', 'copyCsv', 'saveCsv'] as const,
  };
  try {
    const { openDocument } = await import('./drawing.js');
    return openDocument(title, JSON.stringify(await read()), context);
  } catch (error) {
    return unreadable(title, error);
  }
}
