import type { Metric, MetricAlarm, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { AlarmRule } from '../../ports/alarms.js';
import { bandOf, comparisonWords } from '../../../alarms/comparison.js';

/**
 * How an alarm judges that is not one metric against one number; undefined for one that is. Forcing an expression or a
 * band into the form of a plain alarm would show a limit that nobody set.
 */
export function ruleOf(alarm: MetricAlarm): AlarmRule | undefined {
  const queries = alarm.Metrics ?? [];
  const isBand = alarm.ThresholdMetricId !== undefined || bandOf(alarm.ComparisonOperator) !== undefined;
  if (!isBand && (queries.length === 0 || (queries.length === 1 && queries[0]!.MetricStat !== undefined)))
    return undefined;
  const judged = queries.find((query) => query.ReturnData !== false && query.Id !== alarm.ThresholdMetricId);
  const limit = queries.find(({ Id }) => Id === alarm.ThresholdMetricId);
  const words = comparisonWords(alarm.ComparisonOperator);
  const against = isBand ? (limit?.Expression ?? 'its band') : String(alarm.Threshold ?? 'its limit');
  const metrics = queries.flatMap(({ MetricStat }) => (MetricStat?.Metric === undefined ? [] : [MetricStat.Metric]));
  const named = queries.filter((query) => query !== limit && (query !== judged || query.MetricStat !== undefined));
  const where = named.map((query) => `${query.Id} = ${queryText(query)}`);
  return {
    kind: isBand ? 'band' : 'expression',
    text: `${judged?.Expression ?? judged?.Id ?? ''} ${words} ${against}${where.length > 0 ? `, where ${where.join(', ')}` : ''}`,
    endpoints: endpointsIn([...metrics, { Dimensions: alarm.Dimensions }]),
    alarms: [],
  };
}

/** `ALARM("a") AND NOT ALARM("b")`: names may be given by ARN, and stand with or without quotes. */
export function compositeRule(text: string): AlarmRule {
  const names = [...text.matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|'([^']*)'|([^)\s]+))\s*\)/g)];
  const alarms = names.map(([, double, single, plain]) =>
    (double ?? single ?? plain ?? '').replace(/^arn:.*:alarm:/, ''),
  );
  return { kind: 'composite', text, endpoints: [], alarms: [...new Set(alarms)] };
}

function queryText({ Expression, MetricStat }: MetricDataQuery): string {
  if (MetricStat?.Metric === undefined) return Expression ?? '';
  const { Namespace, MetricName, Dimensions = [] } = MetricStat.Metric;
  const of = Dimensions.map(({ Name, Value }) => `${Name} ${Value}`).join(', ');
  return `${MetricStat.Stat} of ${Namespace} ${MetricName}${of === '' ? '' : ` (${of})`}`;
}

function endpointsIn(metrics: readonly Pick<Metric, 'Dimensions'>[]): string[] {
  const named = metrics.flatMap(({ Dimensions = [] }) => Dimensions.filter(({ Name }) => Name === 'EndpointName'));
  return [...new Set(named.flatMap(({ Value }) => (Value === undefined ? [] : [Value])))];
}
