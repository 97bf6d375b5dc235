import * as vscode from 'vscode';
import { projectFileName } from '../../project/load.js';
import type { Session, SessionState } from './session.js';

export interface Changes extends vscode.Disposable {
  /** Something of the environment changed on this machine's disk; several changes at once are told once. */
  readonly onChange: vscode.Event<void>;
}

const settleMs = 250;

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
        : [on(next, '.mlops/**/*.json', documents.soon), on(next, projectFileName, projectFile.soon)];
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

function on(folder: string, glob: string, callback: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(folder), glob));
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(callback),
    watcher.onDidChange(callback),
    watcher.onDidDelete(callback),
  );
}

/** Calls back once things have been quiet for a moment, and at the latest after four of them. */
function settled(callback: () => void): { soon: () => void; dispose: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let since = 0;
  const fire = () => {
    timer = undefined;
    callback();
  };
  return {
    soon() {
      const now = Date.now();
      if (timer === undefined) since = now;
      else clearTimeout(timer);
      timer = setTimeout(fire, Math.min(settleMs, Math.max(0, since + 4 * settleMs - now)));
    },
    dispose: () => clearTimeout(timer),
  };
}
