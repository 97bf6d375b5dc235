import * as vscode from 'vscode';
import { nowText, type LiveRun } from './live-run.js';

interface ProgressOptions {
  following: Promise<unknown>;
  first: LiveRun;
  onChange: vscode.Event<LiveRun | undefined>;
  cancel: () => void;
  /** Started in this window, maybe before a reload: shown where it can be cancelled. Others stay in the status bar. */
  ours: boolean;
}

/** Shows a run's progress until it is no longer followed. */
export function showProgress({ following, first, onChange, cancel, ours }: ProgressOptions): Thenable<void> {
  const options = ours
    ? { location: vscode.ProgressLocation.Notification, title: 'MLOps', cancellable: true }
    : { location: vscode.ProgressLocation.Window, title: 'MLOps' };
  return vscode.window.withProgress(options, async (progress, token) => {
    let shown = 0;
    const show = (run: LiveRun) => {
      const share = shareOf(run) * 100;
      progress.report({ message: nowText(run), increment: Math.max(0, share - shown) });
      shown = Math.max(shown, share);
    };
    show(first);
    const subscriptions = [onChange((run) => run && show(run)), token.onCancellationRequested(cancel)];
    await following.catch(() => undefined);
    subscriptions.forEach((one) => void one.dispose());
  });
}

/** How far a run is, each stage counting the same; 0–1. */
function shareOf({ stages }: LiveRun): number {
  if (stages.length === 0) return 0;
  const done = stages.map(({ status, share }) => (status === 'waiting' ? 0 : status === 'running' ? (share ?? 0) : 1));
  return done.reduce((sum: number, one) => sum + one, 0) / stages.length;
}
