import * as vscode from 'vscode';
import type { Fix } from '../../project/authoring/finding.js';
import type { Diagnostics } from './diagnostics.js';

/** The files of a project, as providers of the editor select them. */
export const projectFiles: vscode.DocumentSelector = [{ scheme: 'file', pattern: '**/mlops.json' }];
export const sqlTexts: vscode.DocumentSelector = [{ scheme: 'file', pattern: '**/*.sql' }];

/** Offers at a squiggle what would mend it. */
export function registerFixes(diagnostics: Diagnostics): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, range) =>
      diagnostics
        .of(document)
        .filter(({ diagnostic }) => diagnostic.range.intersection(range) !== undefined)
        .flatMap(({ finding, diagnostic }) =>
          finding.fixes.map((fix, index) => actionOf(document, fix, diagnostic, index === 0)),
        ),
  };
  const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
  return vscode.Disposable.from(
    ...[projectFiles, sqlTexts].map((files) => vscode.languages.registerCodeActionsProvider(files, provider, kinds)),
  );
}

function actionOf(
  document: vscode.TextDocument,
  fix: Fix,
  diagnostic: vscode.Diagnostic,
  isPreferred: boolean,
): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.isPreferred = isPreferred;
  if ('command' in fix) {
    action.command = { command: fix.command, title: fix.title };
    return action;
  }
  action.edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(fix.from), document.positionAt(fix.to));
  action.edit.replace(document.uri, range, fix.text);
  return action;
}
