import * as z from 'zod';
import { verdictSchema } from './verdict.js';

const tally = z.partialRecord(verdictSchema, z.number());

/** What rules would have said to the stored history, beside what was said then. */
export const gateBacktestSchema = z.looseObject({
  kind: z.literal('gate-backtest'),
  schemaVersion: z.literal(1),
  since: z.string(),
  until: z.string().nullable(),
  /** The rules as they might be: `recall.threshold=0.7`. */
  settings: z.array(z.string()),
  runs: z.array(
    z.object({
      date: z.string(),
      runId: z.string(),
      modelVersion: z.string(),
      then: verdictSchema,
      now: verdictSchema,
      /** Whether the gates, overrides aside, asked for retraining; then and now. */
      retrainThen: z.boolean(),
      retrainNow: z.boolean(),
      changed: z.array(
        z.object({
          gate: z.string(),
          /** Null: the rules of then, or of now, have no such gate. */
          then: verdictSchema.nullable(),
          now: verdictSchema.nullable(),
          message: z.string(),
        }),
      ),
    }),
  ),
  summary: z.object({
    runs: z.number(),
    then: tally,
    now: tally,
    retrainThen: z.number(),
    retrainNow: z.number(),
    /** How often each gate failed, or could not be judged. */
    gates: z.array(
      z.object({
        id: z.string(),
        rule: z.string(),
        failedThen: z.number(),
        failedNow: z.number(),
        inconclusiveNow: z.number(),
      }),
    ),
  }),
});
export type Backtest = z.infer<typeof gateBacktestSchema>;
