import * as vscode from 'vscode';
import { gridEditors } from '../report/editor-types.js';
import type { GridParts } from './parts.js';

/** Opens tables of the workspace and of buckets as grids, read-only. What fills one is loaded with the first. */
export function registerGridEditors(parts: GridParts): vscode.Disposable {
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    async resolveCustomEditor({ uri }, panel) {
      const { openFile } = await import('./open-file.js');
      openFile(parts, uri, panel);
    },
  };
  const options = { supportsMultipleEditorsPerDocument: true };
  return vscode.Disposable.from(
    ...gridEditors.map((viewType) => vscode.window.registerCustomEditorProvider(viewType, provider, options)),
  );
}
