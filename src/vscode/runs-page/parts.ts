import type * as vscode from 'vscode';
import type { Session } from '../session/session.js';
import type { Snapshots } from '../snapshot.js';

/** What the page of the runs works with. */
export interface RunsPageParts {
  extensionUri: vscode.Uri;
  session: Session;
  snapshots: Snapshots;
  log: vscode.LogOutputChannel;
  memory: vscode.Memento;
  /** Opens two runs side by side. */
  compare: (a: string, b: string, title: string) => void;
}
