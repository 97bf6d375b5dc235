import type { AlarmStateValue } from '../../platform/ports/alarms.js';
import { collect } from '../../platform/ports/pages.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';

export interface AlarmChange {
  at: string;
  from: AlarmStateValue;
  to: AlarmStateValue;
  reason: string;
}

/** Every change of an alarm's state, newest first. */
export const alarmHistory = reads('alarms.history', async ({ environment, signal }, { name }: { name: string }) => {
  const changes = await collect((page) => environment.alarms.history(name, page), { signal });
  return answer('alarm-history', { name, changes });
});
