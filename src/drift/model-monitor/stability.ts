import type { DriftColumn, DriftReport } from '../../documents/drift-report.js';
import type { FeatureStatistics, ModelMonitorStatistics } from '../../documents/model-monitor/statistics.js';
import { type Gaps, missingOf } from '../changes.js';
import { undecided } from '../column-result.js';
import { flooredPsi } from '../methods/decile-psi.js';

/** From here on an index of stability warns. */
const threshold = 0.2;
/** No share counts as less. */
const least = 1e-6;

/**
 * Drift between two files of Model Monitor's statistics, without their rows: the population stability index of each
 * feature's histogram or categories. Histograms with other edges cannot be compared. The table drifts with its worst
 * feature.
 */
export function comparedStatistics(
  reference: { name: string; document: ModelMonitorStatistics },
  current: { name: string; document: ModelMonitorStatistics },
  now: Date,
): DriftReport {
  const columns = reference.document.features.map((feature) =>
    compared(
      feature,
      current.document.features.find(({ name }) => name === feature.name),
    ),
  );
  const names = (of: ModelMonitorStatistics) => of.features.map(({ name }) => name);
  const [before, after] = [names(reference.document), names(current.document)];
  const known = columns.filter(({ drifted }) => drifted !== null);
  const moved = known.filter(({ drifted }) => drifted);
  const drifted = moved.length > 0 ? true : known.length === columns.length && known.length > 0 ? false : null;
  return {
    kind: 'drift-report',
    schemaVersion: 1,
    createdAt: now.toISOString(),
    profile: 'sagemaker',
    reference: { name: reference.name, rows: reference.document.dataset.item_count },
    current: { name: current.name, rows: current.document.dataset.item_count },
    schema: {
      missing: before.filter((name) => !after.includes(name)),
      extra: after.filter((name) => !before.includes(name)),
      types: [],
    },
    columns,
    dataset: { drifted, share: known.length === 0 ? null : moved.length / known.length, threshold: null },
    reasons: drifted === null ? { 'dataset.drifted': 'it hangs on features that could not be compared' } : {},
  };
}

function compared(before: FeatureStatistics, after: FeatureStatistics | undefined): DriftColumn {
  const type = before.numerical_statistics ? ('numerical' as const) : ('categorical' as const);
  const missing = after && missingOf(gapsIn(before), gapsIn(after));
  const base = { column: before.name, type, ...missing };
  const counts = after && (binsOf(before, after) ?? categoriesOf(before, after));
  if (!counts) {
    const reason = after
      ? 'there is no histogram with the same edges in both'
      : 'the current statistics have no such feature';
    return { ...base, ...undecided('psi', reason, threshold), histogram: null };
  }
  const [p, q] = [shares(counts.before), shares(counts.after)];
  const statistic = flooredPsi(p, q, least);
  return {
    ...base,
    method: 'psi',
    statistic,
    p_value: null,
    threshold,
    drifted: statistic >= threshold,
    histogram: { ...counts.places, reference: p, current: q },
  };
}

function gapsIn({ numerical_statistics: numbers, string_statistics: texts }: FeatureStatistics): Gaps {
  const { num_present: present = 0, num_missing: missing = 0 } = (numbers ?? texts)?.common ?? {};
  return { missing, rows: present + missing };
}

interface Counts {
  places: { edges: number[] } | { categories: string[] };
  before: number[];
  after: number[];
}

function binsOf(before: FeatureStatistics, after: FeatureStatistics): Counts | undefined {
  const [one, other] = [before, after].map((feature) => feature.numerical_statistics?.distribution?.kll?.buckets ?? []);
  const same =
    one!.length > 0 &&
    one!.length === other!.length &&
    one!.every(({ lower_bound, upper_bound }, at) => {
      const bucket = other![at]!;
      return lower_bound === bucket.lower_bound && upper_bound === bucket.upper_bound;
    });
  if (!same) return undefined;
  const edges = [...one!.map(({ lower_bound }) => Number(lower_bound)), Number(one!.at(-1)!.upper_bound)];
  return {
    places: { edges },
    before: one!.map(({ count }) => Number(count)),
    after: other!.map(({ count }) => Number(count)),
  };
}

function categoriesOf(before: FeatureStatistics, after: FeatureStatistics): Counts | undefined {
  const [one, other] = [before, after].map(({ string_statistics }) => {
    const buckets = string_statistics?.distribution?.categorical?.buckets;
    return buckets && new Map(buckets.map(({ value, count }) => [value, count]));
  });
  if (!one || !other) return undefined;
  const categories = [...new Set([...one.keys(), ...other.keys()])];
  const counts = (of: Map<string, number>) => categories.map((value) => of.get(value) ?? 0);
  return { places: { categories }, before: counts(one), after: counts(other) };
}

function shares(counts: number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total === 0 ? 0 : count / total));
}
