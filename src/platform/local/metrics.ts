import { InputError } from '../../common/errors.js';
import type { Datapoint, MetricReader, MetricWriter } from '../ports.js';
import { appendMetrics, readMetrics, type Observations } from './metric-files.js';
import type { Place } from './place.js';

export function metricReader(place: Place): MetricReader {
  return {
    async query({ namespace, metric, dimensions, statistic, period, from, to }, options = {}) {
      options.signal?.throwIfAborted();
      const summarise = statisticOf(statistic);
      const length = period * 1000;
      // As CloudWatch does: the start is rounded down to the minute, periods count from there, the end is exclusive.
      const step = Math.min(60_000, length);
      const start = Math.floor(from.getTime() / step) * step;
      const found = await readMetrics(place, { namespace, metric, dimensions }, start, to.getTime());
      const periods = new Map<number, Observations[]>();
      for (const seen of found) {
        const at = start + Math.floor((seen.at - start) / length) * length;
        periods.set(at, [...(periods.get(at) ?? []), seen]);
      }
      const points = [...periods].sort(([left], [right]) => left - right);
      return points.map(([at, seen]): Datapoint => ({ at: new Date(at).toISOString(), value: summarise(seen) }));
    },
  };
}

export function metricWriter(place: Place): MetricWriter {
  return { put: (namespace, data) => appendMetrics(place, namespace, data) };
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
