import * as z from 'zod';

const figure = z.number().nullable();

const profiledColumnSchema = z.looseObject({
  column: z.string(),
  type: z.enum(['integer', 'float', 'boolean', 'text', 'category', 'datetime', 'other']),
  count: z.number(),
  missing: z.number(),
  /** 0–100; null without rows. */
  null_pct: figure,
  distinct: figure,
  /** Every value that is there is there once. */
  unique: z.boolean().nullable(),
  /** The order in which the values stand in the file; null where there is none, or none can be told. */
  order: z.enum(['ascending', 'descending', 'constant']).nullable(),
  mean: figure.optional(),
  /** Divides by n − 1. */
  std: figure.optional(),
  min: z.union([z.number(), z.string()]).nullable().optional(),
  max: z.union([z.number(), z.string()]).nullable().optional(),
  /** By share, such as `0.5`; interpolated linearly between values. */
  quantiles: z.record(z.string(), z.number()).optional(),
  histogram: z
    .object({ edges: z.array(z.number()), shares: z.array(z.number()) })
    .nullable()
    .optional(),
  top: z.array(z.object({ value: z.string(), count: z.number(), share: z.number() })).optional(),
  /** Days from the latest date to when the profile was made. */
  age_days: figure.optional(),
  reasons: z.record(z.string(), z.string()).default({}),
});
export type ProfiledColumn = z.infer<typeof profiledColumnSchema>;

const suggestedConstraintSchema = z.looseObject({
  column: z.string(),
  rule: z.enum(['type', 'completeness', 'non-negative', 'range', 'domain', 'unique', 'order']),
  value: z.unknown(),
  /** The rule in words. */
  text: z.string(),
});
export type SuggestedConstraint = z.infer<typeof suggestedConstraintSchema>;

/** What a table looks like, and what could be asked of the next one. */
export const tableProfileSchema = z.looseObject({
  kind: z.literal('table-profile'),
  schemaVersion: z.literal(1),
  createdAt: z.string(),
  table: z.looseObject({ name: z.string(), rows: z.number() }),
  columns: z.array(profiledColumnSchema),
  constraints: z.array(suggestedConstraintSchema),
});
export type TableProfile = z.infer<typeof tableProfileSchema>;
