import * as z from 'zod';

const stateSchema = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);

const keptAlarm = z.looseObject({
  state: stateSchema,
  since: z.string(),
  reason: z.string(),
  /** The newest value that it judged; null where it judged none. */
  value: z.number().nullable(),
});

/** `.mlops/watching/<environment>/alarms.json`: how alarms stood when they were last looked at, by name. */
export const watchedAlarmsSchema = z.looseObject({
  kind: z.literal('watched-alarms'),
  schemaVersion: z.literal(1),
  at: z.string(),
  alarms: z.record(z.string(), keptAlarm),
});
export type WatchedAlarms = z.infer<typeof watchedAlarmsSchema>;

/** A line of `alarm-history.jsonl` beside it: one change of one alarm's state that the watcher saw. */
export const alarmChangeSchema = z.looseObject({
  at: z.string(),
  alarm: z.string(),
  from: stateSchema,
  to: stateSchema,
  reason: z.string(),
  value: z.number().nullable(),
});
export type AlarmChange = z.infer<typeof alarmChangeSchema>;
