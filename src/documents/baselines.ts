import * as z from 'zod';

const figure = z.number().nullable();

/** Statistics of one training column. `null_pct` is 0–100; `std` divides by n−1; quantiles interpolate linearly. */
export const columnStatisticsSchema = z.looseObject({
  mean: figure,
  std: figure,
  min: figure,
  max: figure,
  median: figure,
  q1: figure,
  q3: figure,
  null_pct: figure,
  count: z.number(),
  /** With those that are missing; absent in baselines of before it was recorded. */
  rows: z.number().optional(),
  /** Bin edges and shares of the non-null values, so that drift can be drawn without the training rows. */
  histogram: z
    .object({ edges: z.array(z.number()), shares: z.array(z.number()) })
    .nullable()
    .optional(),
  /** Of a column of texts, whose figures of numbers are null: shares of the values that are there; null: too many. */
  categories: z
    .object({ values: z.array(z.string()), shares: z.array(z.number()) })
    .nullable()
    .optional(),
});
export type ColumnStatistics = z.infer<typeof columnStatisticsSchema>;

/** `data_quality_baseline.json`: keyed by column, as its first readers expect; `kind` stands beside the columns. */
export const dataQualityBaselineSchema = z
  .object({ kind: z.literal('data-quality-baseline'), schemaVersion: z.literal(1) })
  .catchall(columnStatisticsSchema);
export type DataQualityBaseline = z.infer<typeof dataQualityBaselineSchema>;

/** A column may be called as what stands beside the columns, or as no key may be: then its key says that it is a column. */
const isBeside = /^(column )*(kind|schemaVersion|__proto__)$/;
const keyOf = (column: string): string => (isBeside.test(column) ? `column ${column}` : column);

/** The baseline document of statistics by column. */
export function dataQualityBaseline(columns: Iterable<readonly [string, ColumnStatistics]>): DataQualityBaseline {
  const entries = [...columns].map(([name, statistics]) => [keyOf(name), statistics] as const);
  const beside = { kind: 'data-quality-baseline', schemaVersion: 1 } as const;
  return { ...beside, ...Object.fromEntries<ColumnStatistics>(entries) } as DataQualityBaseline;
}

/** What a baseline says of one column. */
export function statisticsIn(baseline: DataQualityBaseline | undefined, column: string): ColumnStatistics | undefined {
  return baseline !== undefined && Object.hasOwn(baseline, keyOf(column)) ? baseline[keyOf(column)] : undefined;
}

/** Its columns by name, without what stands beside them. */
export function columnsOfBaseline(baseline: DataQualityBaseline): Map<string, ColumnStatistics> {
  const { kind: _kind, schemaVersion: _version, ...columns } = baseline;
  const nameOf = (key: string) => (isBeside.test(key) ? key.slice('column '.length) : key);
  return new Map(Object.entries(columns).map(([key, statistics]) => [nameOf(key), statistics]));
}

/** `monitoring_constraints.json`: what the gates of this version resolve to in numbers. */
export const monitoringConstraintsSchema = z.looseObject({
  kind: z.literal('monitoring-constraints'),
  schemaVersion: z.literal(1),
  modelVersion: z.string(),
  primary_constraint: z
    .looseObject({ metric: z.string(), operator: z.string(), threshold: z.number(), action: z.string() })
    .nullable(),
  secondary_constraints: z.record(
    z.string(),
    z.looseObject({ min: z.number().optional(), max: z.number().optional(), baseline: figure }),
  ),
  data_quality: z.looseObject({ max_null_pct: figure, max_feature_drift: figure }),
  decision_threshold: figure,
  target_recall: figure,
  feature_cols: z.array(z.string()),
  baseline_confusion: z.object({ tp: z.number(), fp: z.number(), fn: z.number(), tn: z.number() }).nullable(),
  /** Every figure on the test set, and those of slices that rules name: what `baseline` means in a rule. */
  baseline_metrics: z.record(z.string(), figure),
  /** How sure those figures are: 95 % intervals, of so many rows. Absent in baselines of before they were kept: then they are taken as exact. */
  baseline_intervals: z.record(z.string(), z.tuple([z.number(), z.number()])).optional(),
  baseline_rows: z.number().optional(),
  /** Where numbers are cut into ranges that are judged on their own, by column: quantiles of the rows it was fitted on. */
  slice_edges: z.record(z.string(), z.array(z.number())).optional(),
});
export type MonitoringConstraints = z.infer<typeof monitoringConstraintsSchema>;
