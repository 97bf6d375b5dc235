import type * as vscode from 'vscode';
import type { EditorServices } from '../editor-services.js';
import type { Places } from '../objects/places.js';
import type { Session } from '../session/session.js';

/** What the grids work with. */
export interface GridParts {
  extensionUri: vscode.Uri;
  log: vscode.LogOutputChannel;
  session: Session;
  services: Pick<EditorServices, 'startTables'>;
  places: Pick<Places, 'environmentNamed'>;
}
