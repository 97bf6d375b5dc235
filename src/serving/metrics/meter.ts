import type { MetricDatum } from '../../platform/ports/metrics.js';

/** One answered (or refused) invocation. */
export interface Invocation {
  at: Date;
  variant: string;
  status: number;
  /** Microseconds from the first look at the body to the answer; undefined when no model was asked. */
  modelLatency?: number;
  /** Microseconds of everything else. */
  overheadLatency: number;
}

/** Shares of the machine, 0–100; CPU per core, so that it can exceed 100. */
export interface Utilization {
  CPUUtilization: number;
  MemoryUtilization: number;
  DiskUtilization: number;
}

export interface Meter {
  invocation(seen: Invocation): void;
  /** Values of a request that training never had, and that were missing. */
  odd(variant: string, at: Date, values: { unseen: number; missing: number }): void;
  /** How far a record lies from what the model learned from, in standard deviations. */
  drift: (variant: string, at: Date, score: number) => void;
  /** Whether a shadow variant answered otherwise: the mean is the share of such answers. */
  compared(variant: string, at: Date, different: boolean): void;
  utilization(at: Date, variants: string[], used: Utilization): void;
  /** Hands over what was counted. What cannot be stored is counted on. */
  flush(): Promise<void>;
}

type Put = (namespace: string, data: MetricDatum[]) => Promise<void>;
/** value -> how often, of one metric, variant and minute */
interface Series {
  namespace: string;
  metric: string;
  variant: string;
  unit: string;
  at: Date;
  counts: Map<number, number>;
}

const minute = 60_000;
/** As many different values of a metric as CloudWatch takes at once. */
const mostValues = 150;

/** Counts an endpoint's metrics by the minute, under CloudWatch's names for SageMaker endpoints. */
export function meter(endpoint: string, put: Put): Meter {
  let series = new Map<string, Series>();

  /** Those of the minute that is counted now, by variant and metric: to find them costs no text. */
  let recent = { start: NaN, variants: new Map<string, Map<string, Series>>() };

  function count(namespace: string, metric: string, unit: string, variant: string, at: Date, value: number): void {
    const start = Math.floor(at.getTime() / minute) * minute;
    if (recent.start !== start) recent = { start, variants: new Map() };
    let metrics = recent.variants.get(variant);
    if (metrics === undefined) recent.variants.set(variant, (metrics = new Map<string, Series>()));
    let found = metrics.get(metric);
    if (found === undefined) {
      const key = `${start} ${metric} ${variant}`;
      found = series.get(key) ?? { namespace, metric, variant, unit, at: new Date(start), counts: new Map() };
      series.set(key, found);
      metrics.set(metric, found);
    }
    found.counts.set(value, (found.counts.get(value) ?? 0) + 1);
  }

  function dataOf({ metric, variant, unit, at, counts }: Series): MetricDatum[] {
    const dimensions = { EndpointName: endpoint, VariantName: variant };
    return [...compact(counts)].map(([value, times]) => ({ metric, dimensions, value, count: times, unit, at }));
  }

  return {
    invocation({ at, variant, status, modelLatency, overheadLatency }) {
      const add = (metric: string, unit: string, value: number) =>
        count('AWS/SageMaker', metric, unit, variant, at, value);
      add('Invocations', 'None', 1);
      add('Invocation4XXErrors', 'None', status >= 400 && status < 500 ? 1 : 0);
      add('Invocation5XXErrors', 'None', status >= 500 ? 1 : 0);
      if (modelLatency !== undefined) add('ModelLatency', 'Microseconds', Math.round(modelLatency));
      add('OverheadLatency', 'Microseconds', Math.round(overheadLatency));
    },
    odd(variant, at, { unseen, missing }) {
      count('AWS/SageMaker', 'UnseenValues', 'Count', variant, at, unseen);
      count('AWS/SageMaker', 'MissingValues', 'Count', variant, at, missing);
    },
    // Of three digits: every record has a score of its own, and each value that differs is kept.
    drift: (variant, at, score) =>
      count('AWS/SageMaker', 'DriftScore', 'None', variant, at, Number(score.toPrecision(3))),
    compared(variant, at, different) {
      count('AWS/SageMaker', 'ShadowDifferences', 'Count', variant, at, Number(different));
    },
    utilization(at, variants, used) {
      for (const variant of variants)
        for (const [metric, value] of Object.entries(used))
          count('/aws/sagemaker/Endpoints', metric, 'Percent', variant, at, value as number);
    },
    async flush() {
      const counted = series;
      series = new Map();
      recent = { start: NaN, variants: new Map() };
      for (const [key, one] of counted) {
        try {
          await put(one.namespace, dataOf(one));
          counted.delete(key);
        } catch (error) {
          for (const [kept, rest] of counted) series.set(kept, merge(rest, series.get(kept)));
          recent = { start: NaN, variants: new Map() };
          throw error;
        }
      }
    },
  };
}

function merge(old: Series, newer: Series | undefined): Series {
  for (const [value, times] of newer?.counts ?? []) old.counts.set(value, (old.counts.get(value) ?? 0) + times);
  return old;
}

/** Exact while there are few different values; otherwise to three significant digits, or as few as it takes. */
function compact(counts: Map<number, number>): Map<number, number> {
  let found = counts;
  for (let digits = 3; found.size > mostValues && digits > 0; digits -= 1) {
    const rounded = new Map<number, number>();
    for (const [value, times] of counts) {
      const near = Number(value.toPrecision(digits));
      rounded.set(near, (rounded.get(near) ?? 0) + times);
    }
    found = rounded;
  }
  return found;
}
