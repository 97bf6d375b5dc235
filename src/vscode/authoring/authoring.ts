import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.js';
import { authoredBy } from './documents.js';
import type { AuthoringParts } from './parts.js';

/** What helps to write a project's two files: loaded with the first of them that is open. */
export function offerAuthoring(parts: AuthoringParts): vscode.Disposable {
  let made: Promise<vscode.Disposable> | undefined;
  const begin = (document: vscode.TextDocument) => {
    if (made !== undefined || authoredBy(document) === undefined) return;
    made = import('./all.js').then(({ makeAuthoring }) => makeAuthoring(parts));
    made.catch((error: unknown) => parts.log.error(`authoring: ${messageOf(error)}`));
  };
  vscode.workspace.textDocuments.forEach(begin);
  const opened = vscode.workspace.onDidOpenTextDocument(begin);
  return {
    dispose() {
      opened.dispose();
      void made?.then(
        (one) => void one.dispose(),
        () => undefined,
      );
    },
  };
}
