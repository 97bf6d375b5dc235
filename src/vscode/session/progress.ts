import * as vscode from 'vscode';
import { CancelledError } from '../../common/errors.js';

/** Work that takes a while, with what it does at the moment in sight and a way to end it. */
export function withProgress<Result>(
  title: string,
  work: (report: (message: string) => void, signal: AbortSignal) => Promise<Result>,
): Thenable<Result> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort(new CancelledError()));
    return work((message) => progress.report({ message }), abort.signal);
  });
}
