import * as z from 'zod';
import { seriesSchema } from './measured/series.js';

const state = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);

/** One alarm as it stands, and how it came there. */
export const alarmSchema = z.looseObject({
  kind: z.literal('alarm'),
  schemaVersion: z.literal(1),
  name: z.string(),
  environment: z.string(),
  /** Of an alarm on one metric. */
  definition: z
    .looseObject({
      namespace: z.string(),
      metric: z.string(),
      dimensions: z.record(z.string(), z.string()),
      statistic: z.string(),
      period: z.number(),
      evaluationPeriods: z.number(),
      datapointsToAlarm: z.number().optional(),
      operator: z.string(),
      threshold: z.number(),
      missing: z.string(),
      unit: z.string().optional(),
    })
    .optional(),
  /** Of one that judges an expression, a band or other alarms. */
  rule: z.object({ kind: z.enum(['expression', 'band', 'composite']), text: z.string() }).optional(),
  state,
  since: z.string(),
  reason: z.string(),
  latest: z.number().optional(),
  /** What it does when it goes off, where it can do anything. */
  actions: z.object({ enabled: z.boolean(), targets: z.array(z.string()) }).optional(),
  /** Newest first. */
  history: z.array(z.looseObject({ at: z.string(), from: state, to: state, reason: z.string() })),
  /** Why the history is not known; absent where it is. */
  historyReason: z.string().optional(),
  /** Whether older changes were left out. */
  more: z.boolean(),
  /** What it judges, over time; absent where it judges other alarms. */
  measured: z
    .object({
      from: z.string(),
      to: z.string(),
      /** Seconds. */
      period: z.number(),
      lines: z.array(seriesSchema),
      limits: z.array(z.object({ label: z.string(), value: z.number() })),
      /** Why there is nothing. */
      reason: z.string().optional(),
    })
    .optional(),
  /** Whoever watches on this machine: when it looked last, and whether it lives; absent where nobody ever did. */
  watcher: z.object({ at: z.string().nullable(), lives: z.boolean() }).optional(),
  /** What actions did for its changes, newest first. */
  done: z
    .array(
      z.looseObject({
        at: z.string(),
        changeAt: z.string(),
        to: state,
        action: z.string(),
        kind: z.string().nullable(),
        ok: z.boolean(),
        said: z.string(),
      }),
    )
    .optional(),
});
export type AlarmDocument = z.infer<typeof alarmSchema>;
