import * as z from 'zod';

const figure = z.number().nullable();
/** A number, or the name of a class. */
const outcome = z.union([z.number(), z.string()]).nullable();

/** How one row's raw score came about; base and changes add up to it. */
export const rowContributionsSchema = z.looseObject({
  /** `log odds` or `target`. */
  unit: z.string(),
  base: z.number(),
  steps: z.array(
    z.object({ feature: z.string(), value: z.union([z.number(), z.string(), z.null()]), change: z.number() }),
  ),
});
export type RowContributions = z.infer<typeof rowContributionsSchema>;

/** What `mlops rows` prints: the rows behind one figure of a verdict, the most wrong first. */
export const monitoredRowsSchema = z.looseObject({
  kind: z.literal('monitored-rows'),
  schemaVersion: z.literal(1),
  results: z.string(),
  modelVersion: z.string(),
  /** `cell:fn`, `gate:recall`, `slice:site=a`, `column:age`, `record:ID`. */
  selection: z.string(),
  /** In words. */
  title: z.string(),
  /** Of the selection; `rows` holds the first of them. */
  total: z.number(),
  features: z.array(z.string()),
  rows: z.array(
    z.looseObject({
      record_id: z.string(),
      time: z.string().nullable(),
      label: outcome,
      /** Of several classes: the probability of the predicted one. */
      score: figure,
      predicted: outcome,
      /** |label − score|; of several classes the score of a wrong one, or what a right one lacks. */
      wrong: figure,
      values: z.array(z.union([z.number(), z.string(), z.boolean(), z.null()])),
      contributions: rowContributionsSchema.optional(),
    }),
  ),
});
export type MonitoredRows = z.infer<typeof monitoredRowsSchema>;
