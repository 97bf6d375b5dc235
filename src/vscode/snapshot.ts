import * as vscode from 'vscode';
import type { MonitoringResults } from '../documents/monitoring.js';
import type { Run } from '../documents/run.js';
import type { Status } from '../pipeline/status/status.js';
import { quietly } from './session/quietly.js';
import type { Current, Session } from './session/session.js';

/** What the pipeline view, the status bar and reports share, read once for all of them. */
export interface Snapshot {
  current: Current;
  status: Status;
  results: MonitoringResults | undefined;
  /** Of all runs, newest first. */
  runIds: string[];
  /** The newest of them. */
  runs: Run[];
}

export interface Snapshots extends vscode.Disposable {
  /** The last good one. */
  readonly last: Snapshot | undefined;
  /** Fires after every look, also one that failed. */
  readonly onChange: vscode.Event<void>;
  /** Reads the environment again; callers at the same moment share one look. */
  refresh: () => Promise<Snapshot>;
  /** What the last look found, or why it failed; looks when nobody has. */
  get: () => Promise<Snapshot>;
}

const newestRuns = 20;

export function makeSnapshots(session: Session): Snapshots {
  const changed = new vscode.EventEmitter<void>();
  let last: Snapshot | undefined;
  let failure: { error: unknown } | undefined;
  let looking: Promise<Snapshot> | undefined;

  const look = async (current: Current) => {
    const stillHere = () => session.shown === current;
    try {
      const found = await snapshotOf(current);
      if (stillHere()) [last, failure] = [found, undefined];
      return found;
    } catch (error) {
      if (stillHere()) failure = { error };
      throw error;
    } finally {
      // A look at the place that was left must not hide the one that is under way in this one.
      if (stillHere()) looking = undefined;
      changed.fire();
    }
  };
  const refresh = async () => (looking ??= look(session.shown ?? session.require()));
  const subscription = session.onChange(({ kind }) => {
    if (kind === 'invalid' && session.shown !== undefined) return changed.fire();
    [last, failure, looking] = [undefined, undefined, undefined];
    changed.fire();
  });
  return {
    get last() {
      return last;
    },
    onChange: changed.event,
    refresh,
    async get() {
      // A look that failed is not repeated by everybody who asks; the next change or poll looks again.
      if (failure) throw failure.error;
      return last ?? refresh();
    },
    dispose() {
      subscription.dispose();
      changed.dispose();
    },
  };
}

async function snapshotOf(current: Current): Promise<Snapshot> {
  const { newestResults, runIds, showStatus, wholeRun } = await import('./project-work.js');
  const { environment } = current;
  const status = await showStatus.run(quietly(current), undefined);
  const noRuns = status.unknown.some(({ part }) => part === 'runs');
  const ids = noRuns ? [] : await runIds(environment);
  const runs = await Promise.all(ids.slice(0, newestRuns).map((id) => wholeRun(environment, id)));
  const results = status.verdict === null ? undefined : (await newestResults(environment))?.results;
  return { current, status, results, runIds: ids, runs: runs.filter((run) => run !== undefined) };
}
