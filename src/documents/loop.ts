import * as z from 'zod';

export const severitySchema = z.enum(['none', 'minor', 'moderate', 'major', 'concept']);

/** What was decided, and on which results. */
const decidedSchema = z.looseObject({
  at: z.string(),
  /** `hold`: it would retrain, and something stands in the way. */
  action: z.enum(['none', 'warn', 'retrain', 'hold']),
  severity: severitySchema,
  why: z.string(),
  /** Until when it is held, where a time ends that. */
  until: z.string().nullable(),
  evidence: z.array(z.string()),
});
export type Decided = z.infer<typeof decidedSchema>;

const retrainingSchema = z.looseObject({
  at: z.string(),
  /** The results that led to it: the same ones never lead to a second. */
  evidence: z.array(z.string()),
  /** The version that served then. */
  version: z.string(),
  severity: severitySchema,
  why: z.string(),
  /** The run that does it. */
  runId: z.string(),
  /** Null while it goes on: where that process ended, the next look takes it up. */
  outcome: z.enum(['promoted', 'refused', 'nothing', 'failed']).nullable(),
  text: z.string(),
});
export type Retraining = z.infer<typeof retrainingSchema>;

/** `loop/<environment>.json`: what the loop remembers from one look to the next. */
export const loopStateSchema = z.looseObject({
  kind: z.literal('loop-state'),
  schemaVersion: z.literal(1),
  /** When it looked last; null: never. */
  lookedAt: z.string().nullable(),
  decided: decidedSchema.nullable(),
  retraining: retrainingSchema.nullable(),
  /** Majors one after the other. */
  majors: z.number(),
  /** Retrainings one after the other of which none was released. */
  fruitless: z.number(),
});
export type LoopState = z.infer<typeof loopStateSchema>;

export const freshLoop: LoopState = {
  ...{ kind: 'loop-state', schemaVersion: 1, lookedAt: null, decided: null, retraining: null },
  ...{ majors: 0, fruitless: 0 },
};
