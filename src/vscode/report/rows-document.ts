import * as vscode from 'vscode';

const scheme = 'mlops-rows';

export interface RowsDocuments extends vscode.Disposable {
  /** Opens text as a read-only document with a name of its own. */
  show: (name: string, text: string) => Promise<void>;
}

/** Read-only texts that exist only while they are looked at. */
export function makeRowsDocuments(): RowsDocuments {
  const texts = new Map<string, string>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) => texts.get(String(uri)),
  });
  const closed = vscode.workspace.onDidCloseTextDocument(({ uri }) => texts.delete(String(uri)));
  let count = 0;
  return {
    async show(name, text) {
      const uri = vscode.Uri.from({ scheme, path: `/${name}`, query: String(++count) });
      texts.set(String(uri), text);
      // Beside what is looked at, and not beside nothing.
      const { Active, Beside } = vscode.ViewColumn;
      const viewColumn = vscode.window.tabGroups.activeTabGroup.tabs.length > 0 ? Beside : Active;
      await vscode.window.showTextDocument(uri, { viewColumn, preview: true });
    },
    dispose() {
      provider.dispose();
      closed.dispose();
    },
  };
}
