import * as z from 'zod';

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
  /** false: the method that was asked for is not for columns of this type, and the dataset's answer leaves it out. */
  suited: z.literal(false).optional(),
  /** Share of all importance that this column has in the model, when one was given. */
  importance: figure.optional(),
  severity: z.enum(['none', 'moderate', 'major']).optional(),
  /** What a verdict of several methods rests on: the test first. */
  measures: z
    .array(z.looseObject({ method: z.string(), statistic: figure, p_value: figure, threshold: figure }))
    .optional(),
  /** Where the current table was cut: rows `from` to `to`, counted from 0; the column's own figures are the farthest's. */
  chunks: z
    .array(
      z.looseObject({
        from: z.number(),
        to: z.number(),
        statistic: figure,
        p_value: figure,
        drifted: z.boolean().nullable(),
      }),
    )
    .optional(),
  /** Shares of the rows without a value. null: the table has no rows. */
  missing: z.looseObject({ reference: figure, current: figure }).optional(),
  /** The share of current rows whose category the reference never had. */
  new_category_share: figure.optional(),
  /** Changes of either share: its size, whether it is chance, and, in the `default` profile, whether it counts (`over`). */
  changes: z
    .array(
      z.looseObject({
        of: z.enum(['missing', 'new_categories']),
        size: z.number(),
        p_value: z.number(),
        p_adjusted: z.number().optional(),
        threshold: z.number(),
        over: z.boolean().optional(),
      }),
    )
    .optional(),
  /** The first of the categories that only one table has. */
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

/** Where the two tables are not made alike. */
export const schemaDifferencesSchema = z.looseObject({
  /** Columns of the reference that the current table lacks, and the other way round. */
  missing: z.array(z.string()),
  extra: z.array(z.string()),
  types: z.array(z.object({ column: z.string(), reference: z.string(), current: z.string() })),
});
export type SchemaDifferences = z.infer<typeof schemaDifferencesSchema>;

/** `monitoring/drift/<stamp>.json`, and what `mlops drift` prints. */
export const driftReportSchema = z.looseObject({
  kind: z.literal('drift-report'),
  schemaVersion: z.literal(1),
  createdAt: z.string(),
  profile: z.enum(['default', 'evidently', 'nannyml', 'sagemaker']),
  reference: z.looseObject({ name: z.string().optional(), rows: z.number() }),
  current: z.looseObject({ name: z.string().optional(), rows: z.number() }),
  columns: z.array(driftColumnSchema),
  schema: schemaDifferencesSchema.optional(),
  dataset: z.looseObject({
    drifted: z.boolean().nullable(),
    /** The share of the columns compared that drifted; with importance, the importance that they have together. */
    share: figure,
    threshold: figure,
    weighted: z.boolean().optional(),
    /** What several views of the whole table say together, in the `default` profile. */
    consensus: z
      .looseObject({
        indicators: z.array(
          z.looseObject({ name: z.string(), value: figure, threshold: z.number(), over: z.boolean().nullable() }),
        ),
        agreed: z.boolean().nullable(),
        severity: z.enum(['none', 'minor', 'moderate', 'major']).nullable(),
      })
      .optional(),
    reason: z.string().optional(),
  }),
  reasons: z.record(z.string(), z.string()).default({}),
});
export type DriftReport = z.infer<typeof driftReportSchema>;
