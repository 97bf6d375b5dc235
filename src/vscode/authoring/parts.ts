import type * as vscode from 'vscode';
import type { EditorServices } from '../editor-services.js';
import type { Changes } from '../session/changes.js';
import type { Session } from '../session/session.js';
import type { Snapshots } from '../snapshot.js';

/** What helping with a project's files works with. */
export interface AuthoringParts {
  session: Session;
  services: EditorServices;
  snapshots: Snapshots;
  changes: Changes;
  log: vscode.LogOutputChannel;
}
