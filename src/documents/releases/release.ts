import * as z from 'zod';
import { operatorSchema } from '../gates/verdict.js';

/** What an endpoint was asked to be, as a release has to remember it. */
export const rememberedConfigSchema = z.object({
  name: z.string(),
  group: z.string(),
  variants: z.array(z.object({ name: z.string(), modelVersion: z.string(), weight: z.number() })),
  capture: z.number(),
  notProven: z.boolean().optional(),
  /** The project's own routes, as it wrote them; whoever serves them reads them by their schema. */
  api: z.any().optional(),
});

/** What one rule or alarm said of the version while a step was watched. */
export const watchedSchema = z.looseObject({
  /** The rule as it was written, or the alarm's name. */
  rule: z.string(),
  /** `bad` takes the version back; `unknown` proves nothing. */
  answer: z.enum(['good', 'bad', 'unknown']),
  value: z.number().nullable(),
  operator: operatorSchema.optional(),
  limit: z.number().nullable(),
  /** Of the version before, where the rule compares. */
  baseline: z.number().nullable(),
  why: z.string(),
});
export type Watched = z.infer<typeof watchedSchema>;

/** What a release does now, or does next when it was interrupted: written before it is done. */
export const releasePhaseSchema = z.enum(['shifting', 'smoking', 'baking', 'promoting', 'rolling-back', 'ended']);
export type ReleasePhase = z.infer<typeof releasePhaseSchema>;

export const releaseDocumentSchema = z.looseObject({
  kind: z.literal('release'),
  schemaVersion: z.literal(1),
  id: z.string(),
  project: z.string(),
  environment: z.string(),
  endpoint: z.string(),
  /** The version that served before; null: none did. */
  from: z.string().nullable(),
  to: z.string(),
  by: z.string(),
  /** Whether a person asked for it; a schedule or a run is none. */
  automatic: z.boolean(),
  why: z.string(),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  strategy: z.string(),
  /** `variants`: the release shifts the weights; `service`: the service shifts the traffic and watches the alarms itself. */
  mode: z.enum(['variants', 'service']),
  /** Shares of the traffic, 0–1, rising to 1. */
  steps: z.array(z.number()),
  bakeSeconds: z.number(),
  /** Fewer requests in a step prove nothing. */
  requests: z.number(),
  rollbackOn: z.array(z.string()),
  smoke: z.string().nullable(),
  /** Variants: of the version before, and of the one that is released. */
  baseline: z.string(),
  candidate: z.string(),
  before: rememberedConfigSchema.nullable(),
  after: rememberedConfigSchema,
  phase: releasePhaseSchema,
  /** Which of the steps, from 0. */
  step: z.number().int().nonnegative(),
  /** Set while a shift by the service is taken up again, of which nobody saw how it went. */
  takenUp: z.boolean().optional(),
  /** Since when the phase lasts. */
  since: z.string(),
  /** The process that drives it, as a lease names its holder. */
  driver: z.looseObject({ pid: z.number(), host: z.string() }).optional(),
  /** What the watching saw last. */
  seen: z.looseObject({ at: z.string(), requests: z.number(), watched: z.array(watchedSchema) }).optional(),
  events: z.array(z.looseObject({ at: z.string(), share: z.number(), text: z.string() })),
  outcome: z.enum(['promoted', 'rolled-back']).nullable(),
  /** Why it was taken back, and by whom. */
  takenBack: z.looseObject({ by: z.string(), why: z.string() }).optional(),
  /** What it costs an hour while it is under way, in words. */
  cost: z.string(),
  /** Keys of what it rests on. */
  admission: z.string().nullable(),
  incident: z.string().nullable(),
});
export type ReleaseDocument = z.infer<typeof releaseDocumentSchema>;

/** Somebody wants a release to be taken back: read by whoever drives it. */
export const releaseStopSchema = z.looseObject({
  kind: z.literal('release-stop'),
  schemaVersion: z.literal(1),
  at: z.string(),
  by: z.string(),
  why: z.string(),
});
export type ReleaseStop = z.infer<typeof releaseStopSchema>;

/** What happened when a version was taken back: for whoever looks into it. Immutable. */
export const incidentSchema = z.looseObject({
  kind: z.literal('incident'),
  schemaVersion: z.literal(1),
  at: z.string(),
  environment: z.string(),
  endpoint: z.string(),
  release: z.string(),
  from: z.string(),
  /** The version that serves again; null: none did before. */
  to: z.string().nullable(),
  why: z.string(),
  by: z.string(),
  /** The largest share of the traffic that it had, and how long it had any. */
  share: z.number(),
  seconds: z.number(),
  requests: z.number(),
  watched: z.array(watchedSchema),
  events: z.array(z.looseObject({ at: z.string(), share: z.number(), text: z.string() })),
  evidence: z.array(z.string()),
});
export type Incident = z.infer<typeof incidentSchema>;
