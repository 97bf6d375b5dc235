import * as z from 'zod';
import { errorAboutSchema } from './errors/error-about.js';
import { verdictSchema } from './gates/verdict.js';

export const stageNames = ['ingest', 'features', 'train', 'deploy', 'monitor', 'retrain'] as const;
export const stageNameSchema = z.enum(stageNames);
export type StageName = z.infer<typeof stageNameSchema>;

export const inputSchema = z.looseObject({ uri: z.string(), sha256: z.string() });
export const outputSchema = z.looseObject({ uri: z.string(), sha256: z.string(), rows: z.number().nullable() });
export type StageInput = z.infer<typeof inputSchema>;
export type StageOutput = z.infer<typeof outputSchema>;

export const figuresSchema = z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()]));
export type RunFigures = z.infer<typeof figuresSchema>;

export const stageRecordSchema = z.looseObject({
  name: stageNameSchema,
  status: z.enum(['running', 'succeeded', 'skipped', 'failed', 'not-run']),
  /** Why it ran, was skipped or failed, in one sentence. */
  reason: z.string(),
  seconds: z.number().nullable(),
  inputs: z.array(inputSchema),
  outputs: z.array(outputSchema),
  figures: figuresSchema,
});
export type StageRecord = z.infer<typeof stageRecordSchema>;

export const runSchema = z.looseObject({
  kind: z.literal('run'),
  schemaVersion: z.literal(1),
  id: z.string(),
  project: z.string(),
  environment: z.string(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  status: z.enum(['running', 'succeeded', 'failed', 'cancelled', 'interrupted']),
  verdict: verdictSchema.nullable(),
  error: z
    .looseObject({ message: z.string(), exitCode: z.number(), about: errorAboutSchema.optional() })
    .nullable()
    .optional(),
  pid: z.number().nullable().optional(),
  /** The git commit that the project stood at; `clean`: nothing differed from it, null where nobody could say. */
  source: z.looseObject({ commit: z.string(), clean: z.boolean().nullable() }).optional(),
  /** The account name of whoever began it; absent where the machine knows none, and in records of before. */
  by: z.string().optional(),
  stages: z.array(stageRecordSchema),
});
export type Run = z.infer<typeof runSchema>;

/** `runs/state/<stage>.json`: how a stage ended last, by which the next run knows whether anything changed. */
export const stageStateSchema = z.looseObject({
  kind: z.literal('stage-state'),
  schemaVersion: z.literal(1),
  stage: stageNameSchema,
  runId: z.string(),
  finishedAt: z.string(),
  /** One hash over everything the stage depends on: data, SQL, configuration, engine version. */
  fingerprint: z.string(),
  inputs: z.array(inputSchema),
  outputs: z.array(outputSchema),
  figures: figuresSchema,
  /** How it failed since: absent once it has ended well, or was found to have nothing to do. */
  failure: z
    .looseObject({
      runId: z.string(),
      at: z.string(),
      status: z.enum(['failed', 'cancelled', 'interrupted']),
      reason: z.string(),
    })
    .optional(),
  /** What it could not take in, a line each: it runs again, and what builds on it asks before it goes on. */
  damage: z.array(z.string()).default([]),
});
export type StageFailure = NonNullable<z.infer<typeof stageStateSchema>['failure']>;
export type StageState = z.infer<typeof stageStateSchema>;

/** A line of `.mlops/runs/<id>/events.jsonl`, which windows tail. */
export const runEventSchema = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('run-started'),
    at: z.string(),
    id: z.string(),
    pid: z.number(),
    stages: z.array(stageNameSchema),
  }),
  z.looseObject({ type: z.literal('stage-started'), at: z.string(), stage: stageNameSchema, reason: z.string() }),
  z.looseObject({
    type: z.literal('progress'),
    at: z.string(),
    stage: stageNameSchema,
    /** `rows`, `bytes`, `rounds`, `files`, `trials`. */
    unit: z.string(),
    done: z.number(),
    total: z.number().nullable(),
    message: z.string().optional(),
  }),
  z.looseObject({
    type: z.literal('message'),
    at: z.string(),
    stage: stageNameSchema.nullable(),
    level: z.enum(['info', 'warning', 'error']),
    text: z.string(),
  }),
  z.looseObject({ type: z.literal('stage-finished'), at: z.string(), record: stageRecordSchema }),
  z.looseObject({ type: z.literal('run-finished'), at: z.string(), run: runSchema }),
]);
export type RunEvent = z.infer<typeof runEventSchema>;
