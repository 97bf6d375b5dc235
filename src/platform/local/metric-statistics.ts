import { InputError } from '../../common/errors.js';
import type { Datapoint, MetricQuery } from '../ports/metrics.js';
import type { Observations } from './metric-files.js';

/**
 * One point a period that has observations, oldest first. As CloudWatch does: the start is rounded down to the minute,
 * periods count from there, the end is exclusive.
 * @throws InputError for a statistic that is not known
 */
export function pointsOf(
  observations: readonly Observations[],
  { statistic, period, from, to }: Pick<MetricQuery, 'statistic' | 'period' | 'from' | 'to'>,
): Datapoint[] {
  const summarise = statisticOf(statistic);
  const length = period * 1000;
  const start = startOf(from, period);
  const periods = new Map<number, Observations[]>();
  for (const seen of observations) {
    if (seen.at < start || seen.at >= to.getTime()) continue;
    const at = start + Math.floor((seen.at - start) / length) * length;
    const there = periods.get(at);
    if (there === undefined) periods.set(at, [seen]);
    else there.push(seen);
  }
  const points = [...periods].sort(([left], [right]) => left - right);
  return points.map(([at, seen]) => ({ at: new Date(at).toISOString(), value: summarise(seen) }));
}

export function startOf(from: Date, period: number): number {
  const step = Math.min(60_000, period * 1000);
  return Math.floor(from.getTime() / step) * step;
}

/** @throws InputError for a statistic that is not known */
function statisticOf(name: string): (seen: Observations[]) => number {
  const simple = simpleStatistics[name];
  if (simple !== undefined) return simple;
  const percent = /^p(\d{1,2}(?:\.\d+)?|100)$/.exec(name)?.[1];
  if (percent !== undefined) return (seen) => percentile(seen, Number(percent));
  throw new InputError(
    `statistic ${name}: expected Sum, Average, Minimum, Maximum, SampleCount or a percentile such as p99`,
  );
}

const simpleStatistics: Partial<Record<string, (seen: Observations[]) => number>> = {
  Sum: sum,
  SampleCount: sampleCount,
  Average: (seen) => sum(seen) / sampleCount(seen),
  Minimum: (seen) => percentile(seen, 0),
  Maximum: (seen) => percentile(seen, 100),
};

function sum(seen: Observations[]): number {
  return seen.reduce((total, { values, counts }) => total + values.reduce((s, v, i) => s + v * counts[i]!, 0), 0);
}

function sampleCount(seen: Observations[]): number {
  return seen.reduce((total, { counts }) => total + counts.reduce((s, count) => s + count, 0), 0);
}

/** Nearest rank: the smallest observed value that at least this share of the observations does not exceed. */
function percentile(seen: Observations[], percent: number): number {
  const pairs = seen.flatMap(({ values, counts }) => values.map((value, i) => [value, counts[i]!] as const));
  pairs.sort(([left], [right]) => left - right);
  const rank = (percent / 100) * sampleCount(seen);
  let passed = 0;
  for (const [value, count] of pairs) {
    passed += count;
    if (passed >= rank) return value;
  }
  return pairs.at(-1)![0];
}
