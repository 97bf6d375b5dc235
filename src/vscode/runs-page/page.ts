import * as vscode from 'vscode';
import { messageOf } from '../../common/errors.js';
import type { RunsPageParts } from './parts.js';

const viewType = 'mlops.runs';

export interface RunsPage extends vscode.Disposable {
  show: () => void;
}

/** At most one page of runs; it follows the project, and comes back when the window is loaded again. */
export function makeRunsPage(parts: RunsPageParts): RunsPage {
  let panel: vscode.WebviewPanel | undefined;
  const fill = (made: vscode.WebviewPanel) => {
    panel = made;
    const following = import('./follow.js').then(({ followProject }) => followProject(parts, made));
    following.catch((error: unknown) => parts.log.error(`mlops.openRuns: ${messageOf(error)}`));
    made.onDidDispose(() => {
      following.then((attached): void => void attached.dispose()).catch(() => undefined);
      if (panel === made) panel = undefined;
    });
  };
  const serializer = vscode.window.registerWebviewPanelSerializer(viewType, {
    deserializeWebviewPanel(restored) {
      if (panel) restored.dispose();
      else fill(restored);
      return Promise.resolve();
    },
  });
  return {
    show() {
      if (panel) return panel.reveal();
      fill(vscode.window.createWebviewPanel(viewType, 'Runs', vscode.ViewColumn.Active));
    },
    dispose() {
      serializer.dispose();
      panel?.dispose();
    },
  };
}
