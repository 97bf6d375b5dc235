import * as z from 'zod';

/**
 * The three files of SageMaker Model Monitor for data quality: what a table looked like (`statistics.json`), what it must
 * look like (`constraints.json`) and where another one did not (`constraint_violations.json`, on one page of the
 * documentation `constraints_violations.json`). They carry no `kind`; whatever else they hold is kept.
 */

/** Java writes figures that do not exist as texts. */
const figure = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);

/** What was not computed is absent, or null. */
const maybe = <Schema extends z.ZodType>(schema: Schema) =>
  schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();

/** Clarify writes it as a text. */
const version = z.union([z.number(), z.string()]).optional();

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

/** `Integral`, `Fractional`, `String`, or `Unknown` for a column without values. */
const inferredTypeSchema = z.string();

const featureStatisticsSchema = z.looseObject({
  name: z.string(),
  inferred_type: inferredTypeSchema,
  numerical_statistics: maybe(numericalStatisticsSchema),
  string_statistics: maybe(stringStatisticsSchema),
});
export type FeatureStatistics = z.infer<typeof featureStatisticsSchema>;

export const modelMonitorStatisticsSchema = z.looseObject({
  version,
  dataset: z.looseObject({ item_count: z.number() }),
  features: z.array(featureStatisticsSchema),
});
export type ModelMonitorStatistics = z.infer<typeof modelMonitorStatisticsSchema>;

/** `Enabled` or `Disabled`. */
const enabled = z.string();

const distributionConstraintsSchema = z.looseObject({
  perform_comparison: enabled.optional(),
  comparison_threshold: z.number().optional(),
  /** `Simple` or `Robust`. */
  comparison_method: z.string().optional(),
  categorical_comparison_threshold: z.number().optional(),
  /** `LInfinity` or `ChiSquared`. */
  categorical_drift_method: z.string().optional(),
});

const monitoringConfigSchema = z.looseObject({
  evaluate_constraints: enabled.optional(),
  emit_metrics: enabled.optional(),
  datatype_check_threshold: z.number().optional(),
  domain_content_threshold: z.number().optional(),
  distribution_constraints: distributionConstraintsSchema.optional(),
});
export type MonitoringConfig = z.infer<typeof monitoringConfigSchema>;

const featureConstraintsSchema = z.looseObject({
  name: z.string(),
  inferred_type: inferredTypeSchema,
  /** The least share of rows with a value, 0–1. */
  completeness: z.number().optional(),
  num_constraints: z.looseObject({ is_non_negative: z.boolean().optional() }).optional(),
  string_constraints: z.looseObject({ domains: z.array(z.string()).optional() }).optional(),
  monitoring_config_overrides: monitoringConfigSchema.optional(),
  /** The same, as the documentation spells it. */
  monitoringConfigOverrides: monitoringConfigSchema.optional(),
});
export type FeatureConstraints = z.infer<typeof featureConstraintsSchema>;

export const modelMonitorConstraintsSchema = z.looseObject({
  version,
  features: z.array(featureConstraintsSchema),
  monitoring_config: monitoringConfigSchema.optional(),
});
export type ModelMonitorConstraints = z.infer<typeof modelMonitorConstraintsSchema>;

/**
 * What is violated has another name in each monitor: of data quality a feature, of model quality a metric, of bias a
 * metric of a facet and its value, of explainability a metric of a label.
 */
const violationSchema = z.looseObject({
  feature_name: maybe(z.string()),
  metric_name: maybe(z.string()),
  facet: maybe(z.string()),
  facet_value: maybe(z.union([z.string(), z.number()])),
  label: maybe(z.union([z.string(), z.number()])),
  constraint_check_type: z.string(),
  description: z.string(),
});
export type ConstraintViolation = z.infer<typeof violationSchema>;

export const modelMonitorViolationsSchema = z.looseObject({ violations: z.array(violationSchema) });
export type ModelMonitorViolations = z.infer<typeof modelMonitorViolationsSchema>;

/** What a violation is about, in words: `age`, `auc`, `DPL of gender = F`. */
export function violated({ feature_name, metric_name, facet, facet_value, label }: ConstraintViolation): string {
  if (feature_name !== undefined) return feature_name;
  const place = facet === undefined ? label : facet_value === undefined ? facet : `${facet} = ${facet_value}`;
  return [metric_name, place].filter((word) => word !== undefined).join(' of ') || 'not named';
}

/** A figure of model quality and where it is violated. */
const limitSchema = z.looseObject({ threshold: figure, comparison_operator: z.string() });
const limits = maybe(z.record(z.string(), limitSchema));

/** Model quality's `constraints.json`: limits of the figures of one kind of task. */
export const modelQualityConstraintsSchema = z.looseObject({
  version,
  binary_classification_constraints: limits,
  multiclass_classification_constraints: limits,
  regression_constraints: limits,
});
export type ModelQualityConstraints = z.infer<typeof modelQualityConstraintsSchema>;

/** Its limits, and the task whose they are; undefined for a document of another kind. */
export function qualityLimits(document: ModelQualityConstraints) {
  const tasks = [
    ['binary classification', document.binary_classification_constraints],
    ['multiclass classification', document.multiclass_classification_constraints],
    ['regression', document.regression_constraints],
  ] as const;
  return tasks.flatMap(([task, found]) => (found === undefined ? [] : [{ task, limits: Object.entries(found) }]))[0];
}

/** The types of check that Model Monitor has. */
export type ConstraintCheck =
  | 'data_type_check'
  | 'completeness_check'
  | 'baseline_drift_check'
  | 'missing_column_check'
  | 'extra_column_check'
  | 'categorical_values_check';

/** What a parsed JSON object without `kind` is of the three, or undefined. */
export function modelMonitorFile(
  json: object,
):
  | { kind: 'model-monitor-statistics'; document: ModelMonitorStatistics }
  | { kind: 'model-monitor-constraints'; document: ModelMonitorConstraints }
  | { kind: 'model-monitor-violations'; document: ModelMonitorViolations }
  | { kind: 'model-quality-constraints'; document: ModelQualityConstraints }
  | undefined {
  const statistics = modelMonitorStatisticsSchema.safeParse(json);
  if (statistics.success) return { kind: 'model-monitor-statistics', document: statistics.data };
  const constraints = modelMonitorConstraintsSchema.safeParse(json);
  // A list of no features alone says nothing.
  const says = constraints.success && (constraints.data.features.length > 0 || 'monitoring_config' in json);
  if (constraints.success && says) return { kind: 'model-monitor-constraints', document: constraints.data };
  const violations = modelMonitorViolationsSchema.safeParse(json);
  if (violations.success) return { kind: 'model-monitor-violations', document: violations.data };
  const quality = modelQualityConstraintsSchema.safeParse(json);
  if (quality.success && qualityLimits(quality.data))
    return { kind: 'model-quality-constraints', document: quality.data };
  return undefined;
}
