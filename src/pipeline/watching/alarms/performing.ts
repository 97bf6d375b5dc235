import { messageOf } from '../../../common/errors.js';
import type { AlarmNotice } from '../../../documents/watching/notice.js';
import type { ActionResult, PendingAction, WatchedAlarms } from '../../../documents/watching/watched-alarms.js';
import type { ProjectFile } from '../../../project/schema.js';
import { act } from '../../acting/act.js';
import type { Watched } from '../place.js';
import { keepResult, keepWatchedAlarms } from './kept.js';

/** Does what is pending, and keeps what came of it. */
export interface Performing {
  /** Begins what waits: of one alarm in its order, of several at the same time. */
  begin(kept: WatchedAlarms, file: ProjectFile, signal: AbortSignal): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** What came of actions since it was last asked, and why something could not be kept, if so. */
  results(): { results: ActionResult[]; failure: string | undefined };
}

export function performing(watched: Watched): Performing {
  const queues = new Map<string, Promise<void>>();
  let results: ActionResult[] = [];
  /** Why something could not be kept, so that what it belongs to may not have been done. */
  let failure: string | undefined;

  /** What was begun and did not end is not begun again: it may have been done. */
  const unknown = 'it is not known whether it was done: the watcher ended meanwhile';

  const finish = async (kept: WatchedAlarms, pending: PendingAction, result: ActionResult) => {
    kept.pending.splice(kept.pending.indexOf(pending), 1);
    results.push(result);
    await keepResult(watched, result);
    await keepWatchedAlarms(watched, kept);
  };

  const doOne = async (kept: WatchedAlarms, pending: PendingAction, file: ProjectFile, signal: AbortSignal) => {
    const { change, action: name } = pending;
    const action = file.actions?.[name];
    const about = { alarm: change.alarm, changeAt: change.at, to: change.to, action: name, kind: action?.kind ?? null };
    const ended = (ok: boolean, said: string): ActionResult => ({ at: new Date().toISOString(), ...about, ok, said });
    if (pending.begun) return finish(kept, pending, ended(false, unknown));
    if (action === undefined || action.kind === 'sns')
      return finish(kept, pending, ended(false, 'mlops.json names no such action any more'));
    pending.begun = true;
    await keepWatchedAlarms(watched, kept);
    const at = { folder: watched.project.folder, name };
    const result = await act(action, at, noticeOf(watched, file, pending), signal).then(
      (said) => ended(true, said),
      (error: unknown) => ended(false, messageOf(error)),
    );
    await finish(kept, pending, result);
  };

  return {
    begin(kept, file, signal) {
      const alarms = new Set(kept.pending.map(({ change }) => change.alarm));
      for (const alarm of alarms) {
        if (queues.has(alarm)) continue;
        const list = kept.pending.filter(({ change }) => change.alarm === alarm);
        const work = (async () => {
          for (const pending of list) if (!signal.aborted) await doOne(kept, pending, file, signal);
        })();
        const ending = work.catch((error: unknown) => void (failure = messageOf(error)));
        queues.set(
          alarm,
          ending.finally(() => queues.delete(alarm)),
        );
      }
    },
    idle: async () => void (await Promise.all(queues.values())),
    results() {
      const since = { results, failure };
      results = [];
      failure = undefined;
      return since;
    },
  };
}

function noticeOf(watched: Watched, file: ProjectFile, { change, endpoint }: PendingAction): AlarmNotice {
  return {
    ...{ kind: 'alarm-notice', schemaVersion: 1 },
    ...{ project: file.name, environment: watched.environment.name, endpoint },
    ...change,
  };
}
