import { formatMoment } from '../../report/format/dates.js';
import type { WatchState } from '../watching/watch-state.js';
import type { Entry } from './entry.js';

const stop = 'Click to stop watching in this window.';

/** Nothing while nobody asked this window to watch. */
export function watchEntry(state: WatchState): Entry | undefined {
  switch (state.kind) {
    case 'off':
      return undefined;
    case 'starting':
      return entry('$(eye) watching…', [`Begins to watch ${state.environment}.`]);
    case 'failed':
      return entry('$(eye-closed) not watching', [`Nobody watches ${state.environment}: ${state.why}`], true);
    case 'watching':
      return watched('$(eye) watching', `This window watches ${state.environment}`, state);
    case 'elsewhere': {
      const who = `Process ${state.pid} on ${state.host} watches ${state.environment}`;
      return watched('$(eye) watched elsewhere', who, state, 'This window goes on when that one ends.');
    }
  }
}

/** A watcher that cannot do what it is for is not well. */
function watched(
  text: string,
  who: string,
  { since, failing }: Pick<Extract<WatchState, { kind: 'watching' }>, 'since' | 'failing'>,
  ...more: string[]
): Entry {
  const names = failing.map((one) => one.split(':')[0]).join(', ');
  const now = failing.length === 0 ? text : `${text}: ${names} failed`;
  return entry(now, [`${who} since ${formatMoment(since)}.`, ...failing, ...more], failing.length > 0);
}

function entry(text: string, lines: readonly string[], warning = false): Entry {
  return { id: 'watch', text, tooltip: [...lines, stop].join('\n'), click: 'mlops.stopWatching', warning };
}
