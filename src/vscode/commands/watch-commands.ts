import * as vscode from 'vscode';
import { RefusedError } from '../../common/errors.js';
import type { Session } from '../session/session.js';
import type { WindowWatcher } from '../watching/window-watcher.js';
import type { Handlers } from './register.js';

/** What is said here counts for this workspace; the setting `mlops.watch` for all that say nothing. */
export function watchCommands(
  session: Session,
  watcher: WindowWatcher,
): Pick<Handlers, 'mlops.watchProject' | 'mlops.stopWatching'> {
  return {
    'mlops.watchProject': async () => {
      session.require();
      if (!vscode.workspace.isTrusted)
        throw new RefusedError('watching: this workspace is not trusted, so nothing of it runs; trust it first');
      await watcher.wish(true);
    },
    'mlops.stopWatching': () => watcher.wish(false),
  };
}
