import type { BandAlarm, CompositeAlarm, ExpressionAlarm } from '../project/alarms/alarm-schema.js';
import { alarmsIn, parseCompositeRule } from '../project/rules/composite-rule.js';

interface Metric {
  namespace: string;
  metric: string;
  statistic: string;
  dimensions: Record<string, string>;
}

/**
 * How an alarm judges that is not one metric against one number: in words, and what it is made of.
 * @param band whose band it is that a metric is held against
 */
export function ruleOfAlarm(
  alarm: ExpressionAlarm | BandAlarm | CompositeAlarm,
  band = 'the band that CloudWatch learns',
) {
  if ('composite' in alarm) {
    const alarms = [...alarmsIn(parseCompositeRule(alarm.composite)).keys()];
    return { kind: 'composite' as const, text: alarm.composite, endpoints: [], alarms };
  }
  if ('band' in alarm) {
    const text = `${metricText(alarm)} is ${alarm.operator} ${band}, ${alarm.band} wide`;
    return { kind: 'band' as const, text, endpoints: endpointsIn([alarm]), alarms: [] };
  }
  const { expression, operator, threshold, metrics } = alarm;
  const where = Object.entries(metrics).map(([id, metric]) => `${id} = ${metricText(metric)}`);
  const text = `${expression} ${operator} ${threshold}, where ${where.join(', ')}`;
  return { kind: 'expression' as const, text, endpoints: endpointsIn(Object.values(metrics)), alarms: [] };
}

function metricText({ namespace, metric, statistic, dimensions }: Metric): string {
  const of = Object.entries(dimensions).map(([name, value]) => `${name} ${value}`);
  return `${statistic} of ${namespace} ${metric}${of.length === 0 ? '' : ` (${of.join(', ')})`}`;
}

function endpointsIn(metrics: readonly Metric[]): string[] {
  return [...new Set(metrics.flatMap(({ dimensions: { EndpointName: name } }) => (name === undefined ? [] : [name])))];
}
