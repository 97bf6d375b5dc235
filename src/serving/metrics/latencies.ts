import type { Registry } from 'prom-client';

/** Upper bounds of the buckets, in seconds; what takes longer is in none but the last, `+Inf`. */
const bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5];

/** Durations of one variant. */
interface Tally {
  /** How many fell into each bucket alone, the last one being `+Inf`. */
  buckets: number[];
  sum: number;
  count: number;
}

/**
 * A histogram of Prometheus's by variant, that costs an addition where prom-client's own makes a text of the labels for
 * every observation. @returns what takes a duration in seconds
 */
export function latencies(
  registry: Registry,
  { name, help }: { name: string; help: string },
): (variant: string, seconds: number) => void {
  const tallies = new Map<string, Tally>();
  const metric = {
    name,
    get: () =>
      Promise.resolve({
        ...{ name, help, type: 'histogram', aggregator: 'sum' },
        values: [...tallies].flatMap(([variant, tally]) => valuesOf(name, variant, tally)),
      }),
  };
  registry.registerMetric(metric as unknown as Parameters<Registry['registerMetric']>[0]);
  return (variant, seconds) => {
    let tally = tallies.get(variant);
    if (tally === undefined) {
      tally = { buckets: new Array<number>(bounds.length + 1).fill(0), sum: 0, count: 0 };
      tallies.set(variant, tally);
    }
    let bucket = 0;
    while (bucket < bounds.length && seconds > bounds[bucket]!) bucket += 1;
    tally.buckets[bucket]! += 1;
    tally.sum += seconds;
    tally.count += 1;
  };
}

/** Prometheus's buckets hold all that is smaller, too. */
function valuesOf(name: string, variant: string, { buckets, sum, count }: Tally) {
  let below = 0;
  const cumulative = buckets.map((own, at) => ({
    labels: { le: at < bounds.length ? bounds[at]! : '+Inf', variant },
    value: (below += own),
    metricName: `${name}_bucket`,
  }));
  return [
    ...cumulative,
    { labels: { variant }, value: sum, metricName: `${name}_sum` },
    { labels: { variant }, value: count, metricName: `${name}_count` },
  ];
}
