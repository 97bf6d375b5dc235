import type { DriftColumn } from '../../documents/drift-report.js';
import { type ColumnResult, finite, undecided, unsuited } from '../column-result.js';
import { ksStatistic } from '../methods/kolmogorov-smirnov.js';
import { presentIn, type Sample } from '../sample.js';
import { ownMethods } from './own-methods.js';

/** Fewer values than this in either table say nothing. */
export const fewestValues = 30;
/** Below this probability, corrected for the number of columns, a difference is not chance. */
export const significant = 0.05;
/** So many of the three distances must be large. */
const agreeing = 2;
/** Above this index of stability a shift is major. */
const majorIndex = 0.25;

const measures = {
  numeric: { test: 'ks', distances: ['psi', 'jensen_shannon', 'wasserstein'] },
  category: { test: 'chi_square', distances: ['psi', 'jensen_shannon', 'total_variation'] },
};

type Measure = NonNullable<DriftColumn['measures']>[number];

export interface ConsensusResult extends ColumnResult {
  measures?: Measure[];
  severity?: 'none' | 'moderate' | 'major';
}

/**
 * The `default` profile's verdict on a column: it has drifted when a test finds a difference that is not chance and at
 * least two of three distances find it large enough to matter. `statistic` is the share of distances beyond their
 * threshold, `p_value` the test's; fewer than 30 values in either table are inconclusive. With `method` that one alone.
 */
export function ownColumn(reference: Sample, current: Sample, method?: string): ConsensusResult {
  const threshold = method === undefined ? agreeing / 3 : ownMethods[method]!.threshold;
  const fewest = Math.min(presentIn(reference), presentIn(current));
  if (fewest < fewestValues && method !== 'null_rate')
    return undecided(
      method ?? 'consensus',
      `${fewest} values, expected at least ${fewestValues} in both tables`,
      threshold,
    );
  if (method !== undefined) return single(method, reference, current);
  const { test, distances } = measures[reference.kind];
  const results = [test, ...distances].map((name) => measure(name, reference, current));
  const large = results.slice(1).filter((one) => one.statistic !== null && one.statistic >= one.threshold!);
  const statistic = large.length / distances.length;
  const { p_value } = results[0]!;
  return { method: 'consensus', statistic, p_value, threshold, drifted: null, measures: results };
}

/** What follows from the figures and the corrected probability. Needs the corrections of all columns. */
export function concluded(result: ConsensusResult, p: number | null): ConsensusResult {
  if (result.reason !== undefined) return result;
  if (result.measures === undefined) {
    return result.p_value === null ? result : { ...result, drifted: p! < result.threshold! };
  }
  const drifted = result.statistic! >= result.threshold! && p! < significant;
  const index = result.measures.find(({ method }) => method === 'psi')?.statistic ?? 0;
  return { ...result, drifted, severity: !drifted ? 'none' : index > majorIndex ? 'major' : 'moderate' };
}

function single(name: string, reference: Sample, current: Sample): ConsensusResult {
  const { answers, threshold, inclusive } = ownMethods[name]!;
  if (!applies(name, reference))
    return unsuited(name, reference.kind === 'numeric' ? 'categories' : 'numbers', threshold);
  const figure = compute(name, reference, current);
  if (figure === null || Number.isNaN(figure))
    return undecided(name, 'it cannot be computed for these values', threshold);
  if (answers === 'p')
    return { method: name, statistic: null, p_value: figure, threshold, drifted: figure < threshold };
  const drifted = inclusive ? figure >= threshold : figure > threshold;
  return { method: name, statistic: finite(figure), p_value: null, threshold, drifted };
}

function measure(name: string, reference: Sample, current: Sample): Measure {
  const { answers, threshold } = ownMethods[name]!;
  const figure = compute(name, reference, current);
  return {
    method: name,
    statistic: answers === 'distance' ? figure : name === 'ks' ? distanceOf(reference, current) : null,
    p_value: answers === 'p' ? figure : null,
    threshold,
  };
}

/** What the Kolmogorov-Smirnov test goes by. */
function distanceOf(reference: Sample, current: Sample): number | null {
  if (reference.kind !== 'numeric' || current.kind !== 'numeric') return null;
  return ksStatistic(reference.values, current.values);
}

function applies(name: string, { kind }: Sample): boolean {
  return ownMethods[name]![kind] !== undefined;
}

function compute(name: string, reference: Sample, current: Sample): number | null {
  const { numeric, category } = ownMethods[name]!;
  const numbers = reference.kind === 'numeric' && current.kind === 'numeric';
  return numbers ? numeric!(reference, current) : category!(reference, current);
}
