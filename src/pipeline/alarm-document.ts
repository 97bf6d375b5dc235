import type { AlarmDocument } from '../documents/alarm.js';
import { BrokenError, InputError, messageOf, SignInExpired } from '../common/errors.js';
import type { AlarmState } from '../platform/ports/alarms.js';
import type { CallOptions } from '../platform/ports/calls.js';
import type { Environment } from '../platform/ports/environment.js';
import { everyItem } from '../platform/ports/pages.js';

/** So many changes of state are shown. */
const mostChanges = 100;

/** One alarm of the environment, the project's own or not, with how it came into its state. @throws InputError for none */
export async function alarmDocument(
  environment: Environment,
  name: string,
  options: CallOptions = {},
): Promise<AlarmDocument> {
  const state = await alarmNamed(environment, name, options);
  const history = environment.alarms.history(name, { ...options, limit: mostChanges });
  const { items, next, reason } = await history.then(
    (page) => ({ ...page, reason: undefined }),
    (error: unknown) => {
      // Who may not look at the history still sees how the alarm is.
      if (!(error instanceof BrokenError) || error instanceof SignInExpired) throw error;
      return { items: [], next: undefined, reason: messageOf(error) };
    },
  );
  return {
    ...{ kind: 'alarm', schemaVersion: 1, environment: environment.name },
    ...state,
    history: items,
    more: next !== undefined,
    ...(reason === undefined ? {} : { historyReason: reason }),
  };
}

async function alarmNamed({ alarms }: Environment, name: string, options: CallOptions): Promise<AlarmState> {
  for await (const state of everyItem((page) => alarms.list(page), options)) if (state.name === name) return state;
  throw new InputError(`alarm: found none named "${name}"; see: mlops alarm list`);
}
