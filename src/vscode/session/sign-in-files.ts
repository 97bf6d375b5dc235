import * as vscode from 'vscode';
import type { EditorServices } from '../editor-services.js';
import type { Session } from './session.js';
import { settled, watchFiles } from './watch-files.js';

/** Opens an account again when one of the files changed that a sign-in comes from: profiles, keys, tokens. */
export function watchSignIn(
  session: Session,
  { signInFiles }: Pick<EditorServices, 'signInFiles'>,
  onChange: () => void,
): vscode.Disposable {
  const again = settled(() => {
    const { state } = session;
    const elsewhere = state.kind === 'ready' ? state.current.environment.kind === 'aws' : state.kind === 'invalid';
    if (!elsewhere) return;
    onChange();
    void session.reload();
  });
  const watchers = signInFiles().map(({ folder, glob }) => watchFiles(folder, glob, again.soon));
  return vscode.Disposable.from(again, ...watchers);
}
