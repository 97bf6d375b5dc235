import { evaluateMetricMath } from '../../alarms/metric-math.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { Datapoint, MetricQuery } from '../../platform/ports/metrics.js';
import type { ExpressionAlarm } from '../../project/alarms/alarm-schema.js';
import { parseMetricMath } from '../../project/rules/metric-math.js';

/** A stretch of time in whole periods. */
export interface Span {
  from: Date;
  to: Date;
  /** Seconds. */
  period: number;
}
type Metric = Pick<MetricQuery, 'namespace' | 'metric' | 'dimensions' | 'statistic'>;

/** Begins and ends where periods do; the last period is the one under way. */
export function spanUntil(now: Date, { seconds, period }: { seconds: number; period: number }): Span {
  const step = period * 1000;
  const to = Math.ceil(now.getTime() / step) * step;
  return { from: new Date(to - Math.ceil((seconds * 1000) / step) * step), to: new Date(to), period };
}

/** One metric over time; a period without a value is missing. */
export function metricSeries(
  { metrics }: Pick<Environment, 'metrics'>,
  { namespace, metric, dimensions, statistic }: Metric,
  span: Span,
  options: CallOptions = {},
): Promise<Datapoint[]> {
  return metrics.query({ namespace, metric, dimensions, statistic, ...span }, options);
}

/** What an expression makes of its metrics over time, as its alarm sees it. */
export async function expressionSeries(
  environment: Pick<Environment, 'metrics'>,
  { expression, metrics }: Pick<ExpressionAlarm, 'expression' | 'metrics'>,
  span: Span,
  options: CallOptions = {},
): Promise<Datapoint[]> {
  const read = async ([id, metric]: [string, Metric]) =>
    [id, await metricSeries(environment, metric, span, options)] as const;
  const points = new Map(await Promise.all(Object.entries(metrics).map(read)));
  return evaluateMetricMath(parseMetricMath(expression), points, momentsOf(span));
}

function momentsOf({ from, to, period }: Span): string[] {
  const moments: string[] = [];
  for (let at = from.getTime(); at < to.getTime(); at += period * 1000) moments.push(new Date(at).toISOString());
  return moments;
}
