import * as z from 'zod';
import { figure, inferredTypeSchema, maybe, version } from './values.js';

const presence = z.looseObject({ num_present: z.number(), num_missing: z.number() });

/** Equal bins between minimum and maximum, [lower, upper) except the last, which is closed; usually ten. */
const kllBucketSchema = z.looseObject({ lower_bound: figure, upper_bound: figure, count: figure });
export type KllBucket = z.infer<typeof kllBucketSchema>;

/** A sample of the values: each of `data[level]` stands for 2^level rows. `k`: its size, `c`: how fast levels shrink. */
const kllSketchSchema = z.looseObject({
  parameters: z.looseObject({ c: z.number(), k: z.number() }),
  data: z.array(z.array(figure)),
});
export type KllSketch = z.infer<typeof kllSketchSchema>;

const numericalStatisticsSchema = z.looseObject({
  common: presence,
  mean: maybe(figure),
  sum: maybe(figure),
  /** Divides by n. */
  std_dev: maybe(figure),
  min: maybe(figure),
  max: maybe(figure),
  approximate_num_distinct_values: maybe(z.number()),
  completeness: maybe(figure),
  distribution: maybe(
    z.looseObject({
      kll: maybe(z.looseObject({ buckets: z.array(kllBucketSchema), sketch: maybe(kllSketchSchema) })),
    }),
  ),
});

const stringStatisticsSchema = z.looseObject({
  common: presence,
  distinct_count: maybe(figure),
  completeness: maybe(figure),
  /** Absent where there are many values. */
  distribution: maybe(
    z.looseObject({
      categorical: maybe(z.looseObject({ buckets: z.array(z.looseObject({ value: z.string(), count: z.number() })) })),
    }),
  ),
});

const featureStatisticsSchema = z.looseObject({
  name: z.string(),
  inferred_type: inferredTypeSchema,
  numerical_statistics: maybe(numericalStatisticsSchema),
  string_statistics: maybe(stringStatisticsSchema),
});
export type FeatureStatistics = z.infer<typeof featureStatisticsSchema>;

/** Model Monitor's `statistics.json`: what a table looked like. Whatever else it holds is kept. */
export const modelMonitorStatisticsSchema = z.looseObject({
  version,
  dataset: z.looseObject({ item_count: z.number() }),
  features: z.array(featureStatisticsSchema),
});
export type ModelMonitorStatistics = z.infer<typeof modelMonitorStatisticsSchema>;
