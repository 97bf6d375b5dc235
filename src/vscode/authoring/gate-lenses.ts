import * as vscode from 'vscode';
import { gateLines } from '../../project/authoring/gate-lines.js';
import { authoredBy } from './documents.js';
import { projectFiles } from './fixes.js';
import type { AuthoringParts } from './parts.js';

/** Above each gate what the newest verdict said of it; pressed, it opens the report. */
export function registerGateLenses({ snapshots }: Pick<AuthoringParts, 'snapshots'>): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(projectFiles, {
    onDidChangeCodeLenses: snapshots.onChange,
    provideCodeLenses(document) {
      const { last } = snapshots;
      if (last?.results === undefined || authoredBy(document)?.folder !== last.current.project.folder) return [];
      return gateLines(document.getText(), last.results.gates).map(({ from, title }) => {
        const place = document.positionAt(from);
        return new vscode.CodeLens(new vscode.Range(place, place), { title, command: 'mlops.openReport' });
      });
    },
  });
}
