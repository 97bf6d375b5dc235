import { BrokenError, SignInExpired } from '../../../common/errors.js';
import type { AlarmChange, WatchedAlarms } from '../../../documents/watching/watched-alarms.js';
import type { AlarmState } from '../../../platform/ports/alarms.js';
import type { CallOptions } from '../../../platform/ports/calls.js';
import type { Environment } from '../../../platform/ports/environment.js';

/** More changes than this since the last look are not told one by one. */
const mostChanges = 50;

/**
 * What became of an alarm since it was last looked at, oldest first: also what came and went meanwhile, as far as the
 * environment remembers. One that nobody looked at before had too little data.
 */
export async function changesOf(
  environment: Pick<Environment, 'alarms'>,
  alarm: AlarmState,
  before: WatchedAlarms['alarms'][string] | undefined,
  options: CallOptions,
): Promise<AlarmChange[]> {
  const { name, state, since, reason, latest } = alarm;
  const from = before?.state ?? 'INSUFFICIENT_DATA';
  if (state === from && (before === undefined || before.since === since)) return [];
  const last = { at: since, alarm: name, from, to: state, reason, value: latest ?? null };
  if (before === undefined) return [last];
  const between = await historySince(environment, name, before, options);
  const newest = between.at(-1);
  if (newest?.to === state) return [...between.slice(0, -1), { ...newest, value: last.value }];
  return state === from ? [] : [last];
}

async function historySince(
  { alarms }: Pick<Environment, 'alarms'>,
  name: string,
  before: WatchedAlarms['alarms'][string],
  options: CallOptions,
): Promise<AlarmChange[]> {
  const { items } = await alarms.history(name, { ...options, limit: mostChanges }).catch((error: unknown) => {
    // Who may not look at the history still learns how the alarm is.
    if (!(error instanceof BrokenError) || error instanceof SignInExpired) throw error;
    return { items: [] };
  });
  const later = items.filter(({ at }) => Date.parse(at) > Date.parse(before.since)).reverse();
  // What is kept and the history may differ by the moment that one change was written.
  const first = later.findIndex(({ from }) => from === before.state);
  return first < 0 ? [] : later.slice(first).map((change) => ({ alarm: name, value: null, ...change }));
}
