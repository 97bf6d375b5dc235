import { comparisonOf } from '../../alarms/comparison.js';
import type { AskedFor } from '../../alarms/asked-alarms.js';
import { compositeText, parseCompositeRule } from '../../project/rules/composite-rule.js';
import type {
  AlarmDefinition,
  BandAlarm,
  CompositeAlarm,
  ExpressionAlarm,
  ProjectAlarm,
} from '../../project/alarms/alarm-schema.js';
import { momentsOf, type AlarmMoment } from '../../project/alarms/actions-schema.js';
import type { ProjectFile } from '../../project/schema.js';
import { expression, type Block, type Value } from './hcl.js';

type Judging = AlarmDefinition | ExpressionAlarm | BandAlarm;

/** A name in Terraform for what has another one in the account. */
export const terraformName = (name: string): string =>
  name.replace(/[^A-Za-z0-9_-]/g, '_').replace(/^(?=[^A-Za-z_])/, '_');

/** The alarms that `mlops apply` would make, told to the topic of this stack and to those that `mlops.json` names. */
export function alarmBlocks(file: ProjectFile, asked: readonly AskedFor[]): Block[] {
  return asked.map(({ alarm, then }) => {
    const told = (moment: AlarmMoment): Value[] => [
      ...(moment === 'no-data' ? [] : [expression('aws_sns_topic.alerts.arn')]),
      ...then.flatMap((name) => {
        const action = file.actions?.[name];
        return action?.kind === 'sns' && momentsOf(action).includes(moment) ? [action.topic] : [];
      }),
    ];
    const actions = {
      alarm_actions: told('alarm'),
      ok_actions: told('ok'),
      insufficient_data_actions: told('no-data'),
    };
    return 'composite' in alarm ? compositeBlock(alarm, actions, asked) : metricBlock(alarm, actions);
  });
}

function metricBlock(alarm: Judging, actions: Record<string, Value>): Block {
  const common = {
    alarm_name: alarm.name,
    comparison_operator: comparisonOf(alarm.operator),
    evaluation_periods: alarm.evaluationPeriods,
    datapoints_to_alarm: alarm.datapointsToAlarm,
    treat_missing_data: alarm.missing,
  };
  const block = (attributes: Block['attributes'], blocks: Block[] = []): Block => ({
    ...{ type: 'resource', labels: ['aws_cloudwatch_metric_alarm', terraformName(alarm.name)] },
    attributes: { ...common, ...attributes, ...actions },
    blocks,
  });
  if ('band' in alarm)
    return block({ threshold_metric_id: 'band' }, [
      query('watched', alarm, alarm.period, true),
      computed('band', `ANOMALY_DETECTION_BAND(watched, ${alarm.band})`),
    ]);
  if ('expression' in alarm) {
    let id = 'judged';
    while (id in alarm.metrics) id += '_';
    const parts = Object.entries(alarm.metrics).map(([name, metric]) => query(name, metric, alarm.period, false));
    return block({ threshold: alarm.threshold }, [...parts, computed(id, alarm.expression)]);
  }
  const { namespace, metric, dimensions, statistic, period, threshold, unit } = alarm;
  return block({
    namespace,
    metric_name: metric,
    dimensions,
    [isPlain(statistic) ? 'statistic' : 'extended_statistic']: statistic,
    ...{ period, threshold, unit },
  });
}

function compositeBlock(
  { name, composite }: CompositeAlarm,
  actions: Record<string, Value>,
  all: readonly AskedFor[],
): Block {
  const rule = compositeText(parseCompositeRule(composite));
  // CloudWatch wants those that it is made of to be there before.
  const parts = all.flatMap(({ alarm }) =>
    alarm.name !== name && rule.includes(alarm.name) ? [addressOf(alarm)] : [],
  );
  return {
    ...{ type: 'resource', labels: ['aws_cloudwatch_composite_alarm', terraformName(name)] },
    attributes: { alarm_name: name, alarm_rule: rule, ...actions, ...(parts.length > 0 && { depends_on: parts }) },
  };
}

function addressOf(alarm: ProjectAlarm): Value {
  const kind = 'composite' in alarm ? 'aws_cloudwatch_composite_alarm' : 'aws_cloudwatch_metric_alarm';
  return expression(`${kind}.${terraformName(alarm.name)}`);
}

function query(
  id: string,
  {
    namespace,
    metric,
    dimensions,
    statistic,
    unit,
  }: Pick<AlarmDefinition, 'namespace' | 'metric' | 'dimensions' | 'statistic' | 'unit'>,
  period: number,
  isReturned: boolean,
): Block {
  const attributes = { namespace, metric_name: metric, dimensions, period, stat: statistic, unit };
  return {
    type: 'metric_query',
    attributes: { id, return_data: isReturned },
    blocks: [{ type: 'metric', attributes }],
  };
}

const computed = (id: string, text: string): Block => ({
  type: 'metric_query',
  attributes: { id, expression: text, return_data: true },
});

const isPlain = (statistic: string): boolean =>
  ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'].includes(statistic);
