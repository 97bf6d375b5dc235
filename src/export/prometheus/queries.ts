import type { AlarmDefinition } from '../../project/alarms/alarm-schema.js';

/** What an alarm judges, in the words of Prometheus: of one period, in the units of the endpoint's own figures. */
export interface Query {
  text: string;
  threshold: number;
}

/** Why an alarm has no words in Prometheus. */
export interface NoQuery {
  why: string;
}

const microseconds = 1e-6;
const histograms: Partial<Record<string, string>> = {
  ModelLatency: 'mlops_model_latency_seconds',
  OverheadLatency: 'mlops_overhead_latency_seconds',
};
const counters: Partial<Record<string, string>> = {
  Invocations: '',
  Invocation4XXErrors: ',status=~"4.."',
  Invocation5XXErrors: ',status=~"5.."',
  InvocationModelErrors: ',status=~"5.."',
};

/**
 * The query over `/metrics` of an endpoint that gives what an alarm judges. CloudWatch's Sum is an increase over the period,
 * a percentile comes from the histogram's buckets, Average is sum / count.
 * Source: "Query functions" and "Histograms and summaries" of Prometheus's documentation.
 */
export function queryOf(alarm: AlarmDefinition): Query | NoQuery {
  const { metric, statistic, threshold, period } = alarm;
  const over = `[${period}s]`;
  const labels = labelsOf(alarm.dimensions);
  const counted = counters[metric];
  if (counted !== undefined) {
    if (statistic !== 'Sum') return { why: `${statistic} of a count has no words here, Sum has` };
    return { text: `sum(increase(mlops_invocations_total{${labels}${counted}}${over}))`, threshold };
  }
  const histogram = histograms[metric];
  if (histogram !== undefined) return latencyOf(alarm, histogram, labels, over);
  if (metric === 'CPUUtilization' && statistic === 'Average')
    return { text: `100 * sum(rate(process_cpu_seconds_total{${processOf(alarm.dimensions)}}${over}))`, threshold };
  return { why: `the endpoint tells Prometheus nothing of ${metric}: watch the machine with node_exporter` };
}

function latencyOf({ statistic, threshold, unit }: AlarmDefinition, name: string, labels: string, over: string) {
  // Without a unit the metric has SageMaker's own.
  const seconds = unit === 'Milliseconds' ? 1e-3 : unit === 'Seconds' ? 1 : microseconds;
  const limit = Number((threshold * seconds).toPrecision(12));
  const percentile = /^p(\d{1,2}(?:\.\d+)?)$/.exec(statistic)?.[1];
  if (percentile !== undefined) {
    const share = Number((Number(percentile) / 100).toPrecision(6));
    return {
      text: `histogram_quantile(${share}, sum by (le) (rate(${name}_bucket{${labels}}${over})))`,
      threshold: limit,
    };
  }
  if (statistic !== 'Average') return { why: `${statistic} of a latency has no words here, Average and p99 have` };
  return {
    text: `sum(rate(${name}_sum{${labels}}${over})) / sum(rate(${name}_count{${labels}}${over}))`,
    threshold: limit,
  };
}

/** A label's value between quotes, as Prometheus reads it. */
const quoted = (text: string): string => JSON.stringify(text);

function labelsOf(dimensions: Record<string, string>): string {
  const variant = dimensions.VariantName === undefined ? '' : `,variant=${quoted(dimensions.VariantName)}`;
  return `${processOf(dimensions)}${variant}`;
}

const processOf = ({ EndpointName = '' }: Record<string, string>): string => `endpoint=${quoted(EndpointName)}`;
