import * as z from 'zod';

const component = z.object({ variance: z.number(), share: z.number() });
const classifier = z.object({
  calibrator: z.object({ x: z.array(z.number()), y: z.array(z.number()) }).nullable(),
  components: z.record(z.string(), component),
  f1Hits: z.number(),
});
const loss = z.object({ trees: z.string(), mean: z.number(), variance: z.number() });

/**
 * `baselines/performance_estimator.json`: what a version needs to estimate its figures on rows without a label, learned from
 * its test rows. Of a classifier how scores become probabilities (null: they are), of a regression trees of its errors.
 */
export const performanceEstimatorSchema = z.looseObject({
  kind: z.literal('performance-estimator'),
  schemaVersion: z.literal(1),
  modelVersion: z.string(),
  /** The test rows that it was learned from. */
  rows: z.number(),
  binary: classifier.nullable(),
  /** Each class against the others. */
  multiclass: z
    .object({ classes: z.array(classifier), accuracy: component })
    .nullable()
    .optional(),
  /** Trees as LightGBM writes them, by what each row's error is: absolute, squared, relative. */
  regression: z.object({ absolute: loss, squared: loss, relative: loss }).nullable(),
});
export type PerformanceEstimator = z.infer<typeof performanceEstimatorSchema>;

/** A figure of rows without a label, as it is estimated to be. */
export const estimateSchema = z.object({
  value: z.number(),
  /** One standard deviation of what chance does to the figure of so many rows. */
  error: z.number(),
  n: z.number(),
});
export type EstimatedFigure = z.infer<typeof estimateSchema>;
