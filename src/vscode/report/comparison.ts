import * as vscode from 'vscode';
import type { HostMessage } from '../../report/protocol.js';
import { quietly } from '../session/quietly.js';
import type { Session } from '../session/session.js';
import { fileDocument, objectDocument, type ReportDocument } from './document.js';
import { attachReport, type ReportHostParts } from './host.js';
import { unreadable } from './unreadable.js';
import { resultKeys } from './results.js';

const viewType = 'mlops.comparison';

export interface ComparisonPanels extends vscode.Disposable {
  /** Asks what to compare a document with, and opens the two side by side. */
  choose: (document: ReportDocument) => Promise<void>;
  /** Two runs of the project by their ids, the older one first; their moments as a title. */
  openRuns: (a: string, b: string, title: string) => void;
}

/** Panels that show what differs between two documents; each finds its two again after a reload. */
export function makeComparisons(parts: ReportHostParts, session: Session): ComparisonPanels {
  const fill = (panel: vscode.WebviewPanel, content: () => Promise<HostMessage>, remember: unknown) => {
    panel.iconPath = vscode.Uri.joinPath(parts.extensionUri, 'media', 'report.svg');
    const report = attachReport(parts, {
      webview: panel.webview,
      title: panel.title,
      document: () => Promise.resolve(undefined),
      content,
      remember,
    });
    panel.onDidDispose(() => void report.dispose());
  };
  const serializer = vscode.window.registerWebviewPanelSerializer(viewType, {
    deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown) {
      const runs = pairIn(state, 'runs');
      const uris = pairIn(state, 'uris')?.map((uri) => fileDocument(vscode.Uri.parse(uri)));
      if (runs) fill(panel, () => contentOfRuns(session, ...runs), state);
      else if (uris) fill(panel, () => contentOf(uris[0]!, uris[1]!), state);
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
      fill(panel, () => contentOf(other, document), remember);
    },
    openRuns(a, b, title) {
      const panel = vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active);
      fill(panel, () => contentOfRuns(session, a, b), { runs: [a, b] });
    },
    dispose: () => void serializer.dispose(),
  };
}

const commands = ['copyMarkdown', 'copyCsv', 'saveCsv'] as const;

async function contentOf(a: ReportDocument, b: ReportDocument): Promise<HostMessage> {
  const context = { now: new Date(), commands };
  try {
    const [left, right] = await Promise.all([a.read(), b.read()]);
    const { openComparison } = await import('./drawing.js');
    return openComparison({ name: nameOf(a), text: left.text }, { name: nameOf(b), text: right.text }, context);
  } catch (error) {
    return unreadable(`${a.name} ↔ ${b.name}`, error);
  }
}

/** A window that was just loaded knows its project a moment later, and asks again then. */
async function contentOfRuns(session: Session, a: string, b: string): Promise<HostMessage> {
  try {
    // The runs that were asked for stay comparable while mlops.json cannot be read.
    const current = session.shown ?? session.require();
    const { compareRuns, comparisonPage } = await import('./drawing.js');
    const comparison = await compareRuns.run(quietly(current), { a, b });
    return { type: 'report', view: comparisonPage(comparison, { now: new Date(), commands }) };
  } catch (error) {
    return unreadable(`${a} ↔ ${b}`, error);
  }
}

/** Results are all called the same; their folder tells them apart. */
function nameOf({ key, name }: ReportDocument): string {
  return key?.split('/').at(-2) ?? name;
}

function pairIn(state: unknown, name: 'uris' | 'runs'): [string, string] | undefined {
  if (typeof state !== 'object' || state === null || !(name in state)) return undefined;
  const pair = (state as Record<string, unknown>)[name];
  if (!Array.isArray(pair)) return undefined;
  const [a, b] = pair as unknown[];
  return typeof a === 'string' && typeof b === 'string' ? [a, b] : undefined;
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
