import type { FeatureConstraints, ModelMonitorConstraints } from '../../documents/model-monitor/constraints.js';
import type { FeatureStatistics, ModelMonitorStatistics } from '../../documents/model-monitor/statistics.js';
import { momentsOf } from '../methods/moments.js';
import { distinctCount } from '../methods/samples.js';
import { presentIn, type CategorySample, type NumericSample, type Sample } from '../sample.js';
import { bucketsOf, sketchOf } from './sketch.js';

/** Up to so many distinct values a column of text is told value by value. */
const fewValues = 120;

export type InferredType = 'Integral' | 'Fractional' | 'String' | 'Unknown';

/** A column as Model Monitor sees it. Text with too many values to count comes without its sample. */
export interface MonitoredColumn {
  name: string;
  type: InferredType;
  present: number;
  missing: number;
  distinct: number;
  sample?: Sample;
}

export function monitoredColumn(name: string, sample: Sample, type: InferredType): MonitoredColumn {
  const present = presentIn(sample);
  const infinite = sample.kind === 'numeric' ? sample.infinite : 0;
  const distinct = sample.kind === 'numeric' ? distinctCount(sample.values, sample.values) : sample.counts.size;
  return {
    name,
    type: present === 0 ? 'Unknown' : type,
    present,
    missing: sample.missing + infinite,
    distinct,
    sample,
  };
}

/** `statistics.json` of a column. */
export function statisticsOfColumn(column: MonitoredColumn): FeatureStatistics {
  const { name, type, present, missing, distinct, sample } = column;
  const common = { num_present: present, num_missing: missing };
  const completeness = completenessOf(column);
  if (sample?.kind === 'numeric' && type !== 'Unknown') {
    return {
      name,
      inferred_type: type,
      numerical_statistics: { common, ...numericFigures(sample, distinct, completeness) },
    };
  }
  const counts = (sample as CategorySample | undefined)?.counts;
  const told = counts && type !== 'Unknown' && counts.size <= fewValues;
  const buckets = told ? byCount(counts) : undefined;
  return {
    name,
    inferred_type: type,
    string_statistics: {
      common,
      distinct_count: distinct,
      completeness,
      ...(buckets ? { distribution: { categorical: { buckets } } } : {}),
    },
  };
}

function numericFigures({ values }: NumericSample, distinct: number, completeness: number) {
  const { n, mean, variance } = momentsOf(values);
  return {
    mean,
    sum: values.reduce((sum, value) => sum + value, 0),
    std_dev: n < 2 ? 0 : Math.sqrt((variance * (n - 1)) / n),
    min: values[0]!,
    max: values.at(-1)!,
    approximate_num_distinct_values: distinct,
    completeness,
    distribution: { kll: { buckets: bucketsOf(values), sketch: sketchOf(values) } },
  };
}

/** `constraints.json` of a column: what Model Monitor suggests after looking at it. */
export function constraintsOfColumn(column: MonitoredColumn): FeatureConstraints {
  const { name, type, sample } = column;
  const base = { name, inferred_type: type, completeness: completenessOf(column) };
  if (sample?.kind === 'numeric' && type !== 'Unknown')
    return { ...base, num_constraints: { is_non_negative: sample.values[0]! >= 0 } };
  if (sample?.kind === 'category' && type !== 'Unknown' && sample.counts.size <= fewValues)
    return { ...base, string_constraints: { domains: byCount(sample.counts).map(({ value }) => value) } };
  return base;
}

export function statisticsFile(rows: number, features: FeatureStatistics[]): ModelMonitorStatistics {
  return { version: 0, dataset: { item_count: rows }, features };
}

/** With the settings that Model Monitor's own suggestions carry. */
export function constraintsFile(features: FeatureConstraints[]): ModelMonitorConstraints {
  return {
    version: 0,
    features,
    monitoring_config: {
      evaluate_constraints: 'Enabled',
      emit_metrics: 'Enabled',
      datatype_check_threshold: 1,
      domain_content_threshold: 1,
      distribution_constraints: {
        perform_comparison: 'Enabled',
        comparison_threshold: 0.1,
        comparison_method: 'Robust',
        categorical_comparison_threshold: 0.1,
        categorical_drift_method: 'LInfinity',
      },
    },
  };
}

export function completenessOf({ present, missing }: MonitoredColumn): number {
  return present + missing === 0 ? 0 : present / (present + missing);
}

/** The most frequent first. */
function byCount(counts: ReadonlyMap<string, number>): { value: string; count: number }[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
