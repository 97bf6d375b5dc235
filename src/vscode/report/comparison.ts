import * as vscode from 'vscode';
import type { HostMessage } from '../../report/protocol.js';
import type { Session } from '../session/session.js';
import { fileDocument, objectDocument, type ReportDocument } from './document.js';
import { attachReport, type ReportHostParts } from './host.js';
import { unreadable } from './unreadable.js';
import { resultKeys } from './results.js';

const viewType = 'mlops.comparison';

export interface ComparisonPanels extends vscode.Disposable {
  /** Asks what to compare a document with, and opens the two side by side. */
  choose: (document: ReportDocument) => Promise<void>;
}

/** Panels that show what differs between two documents; each finds its two again after a reload. */
export function makeComparisons(parts: ReportHostParts, session: Session): ComparisonPanels {
  const fill = (panel: vscode.WebviewPanel, a: ReportDocument, b: ReportDocument, remember: unknown) => {
    panel.iconPath = vscode.Uri.joinPath(parts.extensionUri, 'media', 'report.svg');
    const report = attachReport(parts, {
      webview: panel.webview,
      title: panel.title,
      document: () => Promise.resolve(undefined),
      content: () => contentOf(a, b),
      remember,
    });
    panel.onDidDispose(() => void report.dispose());
  };
  const serializer = vscode.window.registerWebviewPanelSerializer(viewType, {
    deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown) {
      const uris = urisIn(state);
      if (uris) fill(panel, fileDocument(uris[0]), fileDocument(uris[1]), state);
      else panel.dispose();
      return Promise.resolve();
    },
  });
  return {
    async choose(document) {
      const other = await pickOther(session, document);
      if (!other) return;
      const panel = vscode.window.createWebviewPanel(
        viewType,
        `${nameOf(other)} ↔ ${nameOf(document)}`,
        vscode.ViewColumn.Active,
      );
      const remember = { uris: [String(await other.uri()), String(await document.uri())] };
      fill(panel, other, document, remember);
    },
    dispose: () => void serializer.dispose(),
  };
}

async function contentOf(a: ReportDocument, b: ReportDocument): Promise<HostMessage> {
  const context = { now: new Date(), commands: ['copyMarkdown', 'copyCsv', 'saveCsv'] as const };
  try {
    const [left, right] = await Promise.all([a.read(), b.read()]);
    const { openComparison } = await import('./drawing.js');
    return openComparison({ name: nameOf(a), text: left.text }, { name: nameOf(b), text: right.text }, context);
  } catch (error) {
    return unreadable(`${a.name} ↔ ${b.name}`, error);
  }
}

/** Results are all called the same; their folder tells them apart. */
function nameOf({ key, name }: ReportDocument): string {
  return key?.split('/').at(-2) ?? name;
}

function urisIn(state: unknown): [vscode.Uri, vscode.Uri] | undefined {
  if (typeof state !== 'object' || state === null || !('uris' in state) || !Array.isArray(state.uris)) return undefined;
  const [a, b] = state.uris as unknown[];
  return typeof a === 'string' && typeof b === 'string' ? [vscode.Uri.parse(a), vscode.Uri.parse(b)] : undefined;
}

/** Past results of the environment, newest first, or any file. */
async function pickOther(session: Session, document: ReportDocument): Promise<ReportDocument | undefined> {
  const environment = session.state.kind === 'ready' ? session.state.current.environment : undefined;
  const known = environment && document.key !== undefined ? (await resultKeys(environment)).reverse() : [];
  const file = { label: '$(folder-opened) Choose a file…', key: undefined };
  const items = known
    .filter((key) => key !== document.key)
    .map((key) => ({ label: key.split('/').at(-2) ?? key, detail: key, key }));
  const picked =
    items.length === 0 ? file : await vscode.window.showQuickPick([...items, file], { title: 'Compare with' });
  if (!picked) return undefined;
  if (picked.key !== undefined && environment) return objectDocument(environment, picked.key);
  const [uri] = (await vscode.window.showOpenDialog({ title: 'Compare with', filters: { JSON: ['json'] } })) ?? [];
  return uri && fileDocument(uri);
}
