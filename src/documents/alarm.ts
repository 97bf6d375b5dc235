import * as z from 'zod';

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
});
export type AlarmDocument = z.infer<typeof alarmSchema>;
