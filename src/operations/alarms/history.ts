import type { AlarmStateValue } from '../../platform/ports/alarms.js';
import { everyItem } from '../../platform/ports/pages.js';
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
  const changes: AlarmChange[] = [];
  const pages = everyItem((page) => environment.alarms.history(name, page), { signal });
  for await (const change of pages) changes.push(change);
  return answer('alarm-history', { name, changes });
});
