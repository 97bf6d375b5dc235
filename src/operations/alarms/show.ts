import { alarmDocument } from '../../pipeline/alarm-document.js';
import { reads } from '../operation.js';

/** One alarm, the project's own or not: its state, since when, why, and how it came into it. @throws InputError for none */
export const showAlarm = reads('alarms.show', ({ environment, signal }, { name }: { name: string }) =>
  alarmDocument(environment, name, { signal }),
);
