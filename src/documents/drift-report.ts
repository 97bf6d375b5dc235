import { z } from 'zod';

const figure = z.number().nullable();

/** One column by one method. Methods with a test fill `p_value`, distances fill `statistic`. */
export const driftColumnSchema = z.looseObject({
  column: z.string(),
  type: z.enum(['numerical', 'categorical', 'text', 'datetime', 'unsupported']),
  method: z.string(),
  statistic: figure,
  p_value: figure,
  /** The p-value after correction for many columns, where the profile corrects. */
  p_adjusted: figure.optional(),
  threshold: figure,
  /** null: could not be computed, and `reason` says why. */
  drifted: z.boolean().nullable(),
  /** Share of all importance that this column has in the model, when one was given. */
  importance: figure.optional(),
  severity: z.enum(['none', 'moderate', 'major']).optional(),
  new_categories: z.array(z.string()).optional(),
  missing_categories: z.array(z.string()).optional(),
  /** Shares in the same bins, or by category, for the overlay. */
  histogram: z
    .looseObject({
      edges: z.array(z.number()).optional(),
      categories: z.array(z.string()).optional(),
      reference: z.array(z.number()),
      current: z.array(z.number()),
    })
    .nullable()
    .optional(),
  reason: z.string().optional(),
});
export type DriftColumn = z.infer<typeof driftColumnSchema>;

/** `monitoring/drift/<stamp>.json`, and what `mlops drift` prints. */
export const driftReportSchema = z.looseObject({
  kind: z.literal('drift-report'),
  schemaVersion: z.literal(1),
  createdAt: z.string(),
  profile: z.enum(['default', 'evidently', 'nannyml', 'sagemaker']),
  reference: z.looseObject({ name: z.string().optional(), rows: z.number() }),
  current: z.looseObject({ name: z.string().optional(), rows: z.number() }),
  columns: z.array(driftColumnSchema),
  dataset: z.looseObject({ drifted: z.boolean().nullable(), share: figure, threshold: figure }),
  reasons: z.record(z.string(), z.string()).default({}),
});
export type DriftReport = z.infer<typeof driftReportSchema>;
