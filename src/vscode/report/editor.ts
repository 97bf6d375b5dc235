import * as vscode from 'vscode';
import { fileDocument } from './document.js';
import { reportEditors } from './editor-types.js';
import { attachReport, type ReportHostParts } from './host.js';

/** Opens report documents from the explorer, read-only; the page is the panel's own. */
export function registerReportEditors(parts: ReportHostParts): vscode.Disposable {
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor({ uri }, panel) {
      const document = fileDocument(uri);
      const report = attachReport(parts, {
        webview: panel.webview,
        title: document.name,
        document: () => Promise.resolve(document),
      });
      const folder = new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), document.name);
      const watcher = vscode.workspace.createFileSystemWatcher(folder);
      watcher.onDidChange(() => void report.push());
      panel.onDidDispose(() => {
        watcher.dispose();
        report.dispose();
      });
    },
  };
  const options = { supportsMultipleEditorsPerDocument: true };
  return vscode.Disposable.from(
    ...reportEditors.map((viewType) => vscode.window.registerCustomEditorProvider(viewType, provider, options)),
  );
}
