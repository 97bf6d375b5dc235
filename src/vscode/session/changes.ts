import * as vscode from 'vscode';
import { projectFileName } from '../../project/file-name.js';
import type { Session, SessionState } from './session.js';
import { settled, watchFiles } from './watch-files.js';

export interface Changes extends vscode.Disposable {
  /** Something of the environment changed on this machine's disk; several changes at once are told once. */
  readonly onChange: vscode.Event<void>;
}

/**
 * Watches what runs, endpoints and terminals write below `.mlops`: records and states. Tables
 * and what is only appended to (events, captures) would tell too often, and have their own ways. A changed
 * `mlops.json` opens the project again.
 */
export function watchChanges(session: Session): Changes {
  const changed = new vscode.EventEmitter<void>();
  const documents = settled(() => changed.fire());
  const projectFile = settled(() => void session.reload());
  let folder: string | undefined;
  let watchers: vscode.Disposable[] = [];

  const watch = (state: SessionState) => {
    const next = 'folder' in state ? state.folder : undefined;
    if (next === folder) return;
    folder = next;
    watchers.forEach((one) => void one.dispose());
    watchers =
      next === undefined
        ? []
        : [watchFiles(next, '.mlops/**/*.json', documents.soon), watchFiles(next, projectFileName, projectFile.soon)];
  };
  watch(session.state);
  const subscription = session.onChange(watch);
  return {
    onChange: changed.event,
    dispose() {
      subscription.dispose();
      documents.dispose();
      projectFile.dispose();
      watchers.forEach((one) => void one.dispose());
      changed.dispose();
    },
  };
}
