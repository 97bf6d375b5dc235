import { durationWords } from '../../project/duration.js';
import type { Said } from '../../documents/watching/watcher.js';
import { wallClock } from '../../pipeline/releasing/clock.js';
import { dutiesOf } from '../../pipeline/watching/duties.js';
import { keepSaid, keepWatcher } from '../../pipeline/watching/kept.js';
import { asTheWatcher, windowWatches } from '../../pipeline/watching/place.js';
import { watch } from '../../pipeline/watching/watch.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';

export interface WatchWish {
  /** Does everything once, and ends. */
  once?: boolean;
  /** Ends after so many seconds; without it when its user ends it. */
  seconds?: number;
  /** A window of the editor watches by it, and tells of alarms. */
  byWindow?: boolean;
  /** Told what a duty says, and why one failed. */
  tell: (said: Said) => void;
}

/**
 * Watches a project: each duty by its own time, until it is ended. It changes nothing of the environment by itself: a duty
 * that does asks the guard like everybody else. What it knows lies on this machine.
 * @throws RefusedError while another process watches the project in this environment
 */
export const watchProject = reads('watching.watch', async (at, { once, seconds, byWindow, tell }: WatchWish) => {
  const { project, environment, signal, progress } = at;
  // Makes the folder its user's own before anything is kept in it; what lies there of a stranger's watcher is gone then.
  if (environment.kind === 'local') environment.writers('watch');
  const since = wallClock.now();
  const duties = dutiesOf(project, environment);
  const until = seconds === undefined ? undefined : new Date(since.getTime() + seconds * 1000);
  const records = await asTheWatcher(at, byWindow ? windowWatches : 'watch', () => {
    const all = duties.map(({ name, every }) => `${name} every ${durationWords(every / 1000)}`);
    if (!once) progress(`watching ${project.file.name} in ${environment.name}: ${all.join(', ')}`);
    let said: Said[] = [];
    const onLook = async (looked: Parameters<typeof keepWatcher>[2]) => {
      const now = said;
      said = [];
      await keepSaid(at, now);
      await keepWatcher(at, since, looked);
    };
    const keep = (one: Said) => {
      said.push(one);
      tell(one);
    };
    return watch(duties, { clock: wallClock, signal, tell: keep, until, once }, onLook);
  });
  return answer('watch', {
    ...{ environment: environment.name, since: since.toISOString(), until: wallClock.now().toISOString() },
    duties: records,
  });
});
