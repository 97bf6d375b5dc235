import * as z from 'zod';

/**
 * Places on the ground with a risk each, and what could be moved between them: written by whoever scores the places of a
 * moment, drawn as a map that needs no map service.
 */
export const riskMapSchema = z.looseObject({
  kind: z.literal('risk-map'),
  schemaVersion: z.literal(1),
  title: z.string(),
  /** When it was worked out, ISO 8601. */
  at: z.string(),
  project: z.string().optional(),
  environment: z.string().optional(),
  /** Of what the risk is, in words: "empty in 30 minutes". */
  risk_of: z.string().optional(),
  /** What lies in a place and moves: "cars". */
  unit: z.string().optional(),
  /** From these on, as 0–1: `high` first of all, `some` below it. */
  levels: z.looseObject({ high: z.number(), some: z.number() }).optional(),
  places: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      /** Degrees; a place whose position is not known stands in the table alone. */
      latitude: z.number().min(-90).max(90).nullable(),
      longitude: z.number().min(-180).max(180).nullable(),
      /** 0–1; null where it is not known, and why is in `reason`. */
      risk: z.number().min(0).max(1).nullable(),
      /** How many are there now, of how many at most. */
      now: z.number().nullable(),
      capacity: z.number().nullable(),
      reason: z.string().optional(),
    }),
  ),
  moves: z.array(
    z.looseObject({
      /** Ids of places; null: from wherever there are some. */
      from: z.string().nullable(),
      to: z.string(),
      count: z.number(),
      distance_km: z.number().nullable(),
      why: z.string(),
    }),
  ),
  /** When each of its inputs was last written, and after how many minutes that is late. */
  freshness: z.record(
    z.string(),
    z.looseObject({ at: z.string().nullable(), late_after_minutes: z.number().optional() }),
  ),
  /** How the model and the service do, where the writer says it: one figure a line. */
  health: z
    .array(
      z.looseObject({
        name: z.string(),
        value: z.number().nullable(),
        unit: z.string().optional(),
        state: z.enum(['good', 'doubtful', 'bad', 'unknown']).optional(),
        why: z.string().optional(),
      }),
    )
    .optional(),
});
export type RiskMap = z.infer<typeof riskMapSchema>;

/** Where the writer names no levels: from 15 % a place is at high risk, from 1 % at some. */
export const usualLevels = { high: 0.15, some: 0.01 };
