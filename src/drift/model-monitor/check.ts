import type { ConstraintCheck, ConstraintViolation } from '../../documents/model-monitor/violations.js';
import type {
  FeatureConstraints,
  ModelMonitorConstraints,
  MonitoringConfig,
} from '../../documents/model-monitor/constraints.js';
import type { FeatureStatistics, ModelMonitorStatistics } from '../../documents/model-monitor/statistics.js';
import { deequChiSquare, robustDistance } from '../methods/deequ.js';
import { largestDifference } from '../methods/divergences.js';
import { countsOf, type Sample, sharesOfCounts } from '../sample.js';
import { completenessOf, type InferredType, type MonitoredColumn } from './baseline.js';
import { distanceFrom, weightedOf } from './sketch.js';

/** A column of the table at hand, and how much of it is of a type. */
export interface CheckedColumn extends MonitoredColumn {
  /** The share of the values that are there, 0–1. */
  shareOf(type: InferredType): Promise<number> | number;
}

/**
 * Model Monitor's checks of a table against constraints, and against the baseline statistics where there are any:
 * columns that are missing or too many, types, completeness, categories, and drift from the baseline. In the order of
 * the constraints. `columns` yields the table's columns that the constraints name.
 */
export async function constraintViolations(
  constraints: ModelMonitorConstraints,
  names: readonly string[],
  columns: AsyncIterable<CheckedColumn>,
  baseline?: ModelMonitorStatistics,
): Promise<ConstraintViolation[]> {
  const found = new Map<string, ConstraintViolation[]>();
  const config = constraints.monitoring_config ?? {};
  for await (const column of columns) {
    const constraint = constraints.features.find(({ name }) => name === column.name)!;
    const statistics = baseline?.features.find(({ name }) => name === column.name);
    found.set(column.name, await violationsOf(column, constraint, settingsOf(config, constraint), statistics));
  }
  return [
    ...schemaViolations(constraints, names),
    ...constraints.features.flatMap(({ name }) => found.get(name) ?? []),
  ];
}

function schemaViolations({ features }: ModelMonitorConstraints, names: readonly string[]): ConstraintViolation[] {
  const known = features.map(({ name }) => name);
  const text = (word: string) =>
    `There are ${word} columns in current dataset. Number of columns in current dataset: ${names.length}, ` +
    `Number of columns in baseline constraints: ${known.length}`;
  const missing = known.filter((name) => !names.includes(name)).length > 0;
  const extra = names.filter((name) => !known.includes(name)).length > 0;
  return [
    ...(missing ? [violation('Missing columns', 'missing_column_check', text('missing'))] : []),
    ...(extra ? [violation('Extra columns', 'extra_column_check', text('extra'))] : []),
  ];
}

/** The whole file's settings, with a feature's own before them. */
function settingsOf(config: MonitoringConfig, constraint: FeatureConstraints): MonitoringConfig {
  const own = constraint.monitoring_config_overrides ?? constraint.monitoringConfigOverrides ?? {};
  return {
    ...config,
    ...own,
    distribution_constraints: { ...config.distribution_constraints, ...own.distribution_constraints },
  };
}

async function violationsOf(
  column: CheckedColumn,
  constraint: FeatureConstraints,
  settings: MonitoringConfig,
  baseline: FeatureStatistics | undefined,
): Promise<ConstraintViolation[]> {
  if (settings.evaluate_constraints === 'Disabled') return [];
  return [
    ...(await typeViolations(column, constraint, settings)),
    ...completenessViolations(column, constraint),
    ...domainViolations(column, constraint, settings),
    ...driftViolations(column, settings, baseline),
  ];
}

async function typeViolations(
  column: CheckedColumn,
  { inferred_type: expected }: FeatureConstraints,
  { datatype_check_threshold: least = 1 }: MonitoringConfig,
): Promise<ConstraintViolation[]> {
  if (column.present === 0 || !['Integral', 'Fractional', 'String'].includes(expected)) return [];
  const share = await column.shareOf(expected as InferredType);
  if (share >= least) return [];
  const text =
    `Data type match requirement is not met. Expected data type: ${expected}, Expected match: ${percent(least)}. ` +
    `Observed: Only ${percent(share)} of data is ${expected}.`;
  return [violation(column.name, 'data_type_check', text)];
}

function completenessViolations(
  column: CheckedColumn,
  { completeness: least }: FeatureConstraints,
): ConstraintViolation[] {
  const share = completenessOf(column);
  if (least === undefined || share >= least) return [];
  const text =
    `Data completeness requirement is not met. Expected completeness: ${percent(least)}. ` +
    `Observed: Only ${percent(share)} of data is complete.`;
  return [violation(column.name, 'completeness_check', text)];
}

function domainViolations(
  { name, sample }: CheckedColumn,
  { string_constraints }: FeatureConstraints,
  { domain_content_threshold: least = 1 }: MonitoringConfig,
): ConstraintViolation[] {
  const domains = string_constraints?.domains;
  if (!domains || !sample) return [];
  const known = new Set(domains);
  let [inside, all] = [0, 0];
  for (const [value, count] of wordsOf(sample)) {
    all += count;
    if (known.has(value)) inside += count;
  }
  if (all === 0 || inside / all >= least) return [];
  const text =
    `Categorical values requirement is not met. Expected match: ${percent(least)}. ` +
    `Observed: Only ${percent(inside / all)} of data is in the domain.`;
  return [violation(name, 'categorical_values_check', text)];
}

function driftViolations(
  column: CheckedColumn,
  { distribution_constraints: settings = {} }: MonitoringConfig,
  baseline: FeatureStatistics | undefined,
): ConstraintViolation[] {
  if (!baseline || settings.perform_comparison === 'Disabled') return [];
  const robust = settings.comparison_method === 'Robust';
  const { comparison_threshold: limit = 0.1 } = settings;
  const numeric = numericDistance(column, baseline);
  if (numeric !== undefined) {
    const n = baseline.numerical_statistics!.common.num_present;
    const distance = robust ? robustDistance(numeric, n, column.present) : numeric;
    return distance > limit ? [driftViolation(column.name, distance, limit)] : [];
  }
  return categoricalDrift(column, baseline, settings.categorical_comparison_threshold ?? limit, {
    robust,
    chiSquared: settings.categorical_drift_method === 'ChiSquared',
  });
}

function numericDistance({ sample }: CheckedColumn, baseline: FeatureStatistics): number | undefined {
  const kll = baseline.numerical_statistics?.distribution?.kll;
  const remembered = kll?.sketch && weightedOf(kll.sketch);
  if (!remembered || sample?.kind !== 'numeric' || sample.values.length === 0) return undefined;
  return distanceFrom(remembered, sample.values);
}

function categoricalDrift(
  { name, sample }: CheckedColumn,
  baseline: FeatureStatistics,
  limit: number,
  { robust, chiSquared }: { robust: boolean; chiSquared: boolean },
): ConstraintViolation[] {
  const buckets = baseline.string_statistics?.distribution?.categorical?.buckets;
  if (!buckets || !sample) return [];
  const [before, after] = [new Map(buckets.map(({ value, count }) => [value, count])), wordsOf(sample)];
  if (after.size === 0) return [];
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const [p, q] = [keys.map((key) => before.get(key) ?? 0), keys.map((key) => after.get(key) ?? 0)];
  if (chiSquared) {
    const probability = deequChiSquare(p, q);
    return probability !== null && probability < limit ? [driftViolation(name, probability, limit)] : [];
  }
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
  const simple = largestDifference(sharesOfCounts(p), sharesOfCounts(q));
  const distance = robust ? robustDistance(simple, sum(p), sum(q)) : simple;
  return distance > limit ? [driftViolation(name, distance, limit)] : [];
}

/** Where the table at hand holds numbers only, they are words too. */
function wordsOf(sample: Sample): Map<string, number> {
  return new Map([...countsOf(sample)].map(([value, count]) => [String(value), count]));
}

function driftViolation(name: string, distance: number, limit: number): ConstraintViolation {
  return violation(name, 'baseline_drift_check', `Baseline drift distance: ${distance} exceeds threshold: ${limit}`);
}

function violation(feature_name: string, constraint_check_type: ConstraintCheck, description: string) {
  return { feature_name, constraint_check_type, description };
}

/** `100.0%`, as Java writes it. */
function percent(share: number): string {
  const value = 100 * share;
  return `${Number.isInteger(value) ? `${value}.0` : value}%`;
}
