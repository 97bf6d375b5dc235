import { messageOf } from '../../common/errors.js';
import type { Current } from '../session/current.js';
import { look, type AlarmMessage, type Look } from './look.js';
import type { Told } from './new-alarms.js';
import type { WatchState } from './watch-state.js';

/** What the window gives to it. */
export interface KeepingWatch {
  /** Starts a watcher; resolves when that process is gone, to why, where nobody ended it. */
  runWatcher: (signal: AbortSignal) => Promise<string>;
  /** Resolves when something changed on the disk, after a while, or on the signal. */
  nextChange: (signal: AbortSignal) => Promise<unknown>;
  set: (state: WatchState) => void;
  told: () => Told;
  /** Keeps what is told from now on, before it is. */
  tell: (messages: readonly AlarmMessage[], told: Told) => Promise<void>;
  signal: AbortSignal;
}

interface Own {
  done: Promise<void>;
  ended: boolean;
  why: string;
}

/** A watcher that ends by itself at once is not started again at once. */
const startAgainMs = 10_000;

/** Watches until the signal: looks after each change on the disk, and starts a watcher whenever nobody watches. */
export async function keepWatching(current: Pick<Current, 'project' | 'environment'>, at: KeepingWatch): Promise<void> {
  const { signal } = at;
  let own: Own | undefined;
  let startedAt = -Infinity;
  while (!signal.aborted) {
    const change = at.nextChange(signal);
    try {
      const found = await look(current, at.told());
      if (signal.aborted) break;
      const ours = own?.ended === false && found.holder?.byWindow === true;
      at.set(stateOf(current.environment.name, found, ours, own));
      // Another window that watches tells its user by itself.
      if (ours || found.holder?.byWindow === false) await at.tell(found.messages, found.told);
      const isTime = performance.now() - startedAt >= startAgainMs;
      if (found.holder === undefined && own?.ended !== false && isTime) {
        startedAt = performance.now();
        own = started(at.runWatcher(signal));
      }
    } catch (error) {
      at.set({ kind: 'failed', environment: current.environment.name, why: messageOf(error) });
    }
    await Promise.race([change, ...(own?.ended === false ? [own.done] : [])]);
  }
  await own?.done;
}

function started(process: Promise<string>): Own {
  const own: Own = { ended: false, why: '', done: Promise.resolve() };
  const end = (why: string) => void Object.assign(own, { ended: true, why });
  own.done = process.then(end, (error: unknown) => end(messageOf(error)));
  return own;
}

function stateOf(
  environment: string,
  { holder, failing }: Look,
  ours: boolean,
  own: Own | undefined,
): Exclude<WatchState, { kind: 'off' }> {
  if (holder === undefined)
    return own?.ended ? { kind: 'failed', environment, why: own.why } : { kind: 'starting', environment };
  const { pid, host, startedAt: since } = holder;
  return ours
    ? { kind: 'watching', environment, since, failing }
    : { kind: 'elsewhere', environment, pid, host, since, failing };
}
