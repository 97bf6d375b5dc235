import * as z from 'zod';

const stateSchema = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);

const keptAlarm = z.looseObject({
  state: stateSchema,
  since: z.string(),
  reason: z.string(),
  /** The newest value that it judged; null where it judged none. */
  value: z.number().nullable(),
  /** Whether somebody was told that it went off, and not yet that it is well again. */
  open: z.boolean().default(false),
});

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

/** An action that is to run for a change, or was begun. */
const pendingSchema = z.looseObject({
  change: alarmChangeSchema,
  endpoint: z.string().nullable(),
  /** By the name that `mlops.json` gives it. */
  action: z.string(),
  begun: z.boolean(),
});
export type PendingAction = z.infer<typeof pendingSchema>;

/** `.mlops/watching/<environment>/alarms.json`: how alarms stood when they were last looked at, by name. */
export const watchedAlarmsSchema = z.looseObject({
  kind: z.literal('watched-alarms'),
  schemaVersion: z.literal(1),
  at: z.string(),
  alarms: z.record(z.string(), keptAlarm),
  /** Written down before anything is done, so that nothing is done twice. */
  pending: z.array(pendingSchema).default([]),
});
export type WatchedAlarms = z.infer<typeof watchedAlarmsSchema>;

/** A line of `alarm-actions.jsonl`: what came of one action for one change. */
export const actionResultSchema = z.looseObject({
  at: z.string(),
  alarm: z.string(),
  /** When the change was that it ran for, and to which state. */
  changeAt: z.string(),
  to: stateSchema,
  action: z.string(),
  /** null: `mlops.json` names no such action any more. */
  kind: z.string().nullable(),
  ok: z.boolean(),
  said: z.string(),
});
export type ActionResult = z.infer<typeof actionResultSchema>;
