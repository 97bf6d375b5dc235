import * as vscode from 'vscode';

/** Calls back at every change of a file below a folder. */
export function watchFiles(folder: string, glob: string, callback: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(folder), glob));
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(callback),
    watcher.onDidChange(callback),
    watcher.onDidDelete(callback),
  );
}

const settleMs = 250;

/** Calls back once things have been quiet for a moment, and at the latest after four of them. */
export function settled(callback: () => void): { soon: () => void; dispose: () => void } {
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
