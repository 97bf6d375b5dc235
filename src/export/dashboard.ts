import { partitionOf } from '../common/aws-partition.js';
import { dashboardMark } from '../project/names.js';
import {
  isPlainAlarm,
  type AlarmDefinition,
  type ExpressionAlarm,
  type ProjectAlarm,
} from '../project/alarm-schema.js';
import type { ProjectFile } from '../project/schema.js';

/** A CloudWatch dashboard's body, on its grid of 24 columns. Source: CloudWatch's dashboard body structure and syntax. */
export interface DashboardBody {
  widgets: Widget[];
}
export interface Widget {
  type: 'text' | 'metric' | 'alarm';
  x: number;
  y: number;
  width: number;
  height: number;
  properties: Record<string, unknown>;
}

export interface DashboardPlace {
  /** Its name in `mlops.json`. */
  environment: string;
  region: string;
  account: string;
}

const machine = '/aws/sagemaker/Endpoints';
const service = 'AWS/SageMaker';
const red = '#d62728';
const orange = '#ff7f0e';

/**
 * The dashboard of a project's endpoint: traffic, errors, latencies, the machine, the alarms' states and four figures of
 * the last hour; below them a graph for every other metric that an alarm watches, with its threshold.
 */
export function endpointDashboard(
  file: ProjectFile,
  alarms: readonly ProjectAlarm[],
  place: DashboardPlace,
): DashboardBody {
  const { region } = place;
  const dimensions = ['EndpointName', file.endpoint.name, 'VariantName', 'AllTraffic'];
  const line = (namespace: string, metric: string, stat: string, more: object = {}) => [
    namespace,
    metric,
    ...dimensions,
    { stat, ...more },
  ];
  const graph = (title: string, metrics: unknown[], more: object = {}) => ({
    ...{ title, region, view: 'timeSeries', stacked: false, period: 300, metrics },
    ...more,
  });
  const latency = (title: string, metric: string, stats: string[]) =>
    graph(
      title,
      stats.map((stat) => line(service, metric, stat, { label: stat })),
      { yAxis: { left: { label: 'µs', min: 0 } } },
    );
  const used = (title: string, metric: string) =>
    graph(title, [line(machine, metric, 'Average'), line(machine, metric, 'Maximum')], {
      yAxis: { left: { min: 0, max: 100 } },
      annotations: { horizontal: [{ label: 'Alarm @ 80%', value: 80, color: red }] },
    });
  const number = (title: string, metrics: unknown[]) => ({
    ...{ title, region, view: 'singleValue', period: 3600, metrics },
  });
  const mark = dashboardMark({ project: file.name, environment: place.environment, region });
  const heading =
    `# ${file.name}: endpoint ${file.endpoint.name}\n` +
    `Region ${region} · serves ${file.model.target} (${file.model.task}) · ${mark}`;
  const metric = at('metric');
  const widgets: Widget[] = [
    at('text')(0, 0, 24, 2, { markdown: heading }),
    metric(0, 2, 12, 6, graph('Invocations', [line(service, 'Invocations', 'Sum')])),
    metric(
      ...([12, 2, 12, 6] as const),
      graph('Errors', [
        line(service, 'Invocation5XXErrors', 'Sum', { label: '5xx', color: red }),
        line(service, 'Invocation4XXErrors', 'Sum', { label: '4xx', color: orange }),
      ]),
    ),
    metric(0, 8, 12, 6, latency('Model latency', 'ModelLatency', ['Average', 'p99', 'p50'])),
    metric(12, 8, 12, 6, latency('Overhead latency', 'OverheadLatency', ['Average', 'p99'])),
    metric(0, 14, 8, 6, used('CPU', 'CPUUtilization')),
    metric(8, 14, 8, 6, used('Memory', 'MemoryUtilization')),
    metric(16, 14, 8, 6, used('Disk', 'DiskUtilization')),
    at('alarm')(0, 20, 24, 3, { title: 'Alarms', alarms: alarms.map(({ name }) => alarmArn(name, place)) }),
    metric(0, 23, 6, 4, number('Invocations, last hour', [line(service, 'Invocations', 'Sum')])),
    metric(6, 23, 6, 4, number('5xx, last hour', [line(service, 'Invocation5XXErrors', 'Sum')])),
    metric(12, 23, 6, 4, number('Model latency, last hour', [line(service, 'ModelLatency', 'Average')])),
    metric(18, 23, 6, 4, number('CPU, last hour', [line(machine, 'CPUUtilization', 'Average')])),
  ];
  return { widgets: [...widgets, ...watched(alarms, region)] };
}

/**
 * One graph a metric that is not the endpoint's own, two in a row, with the thresholds of all alarms on it; and one for
 * every expression and band.
 */
function watched(alarms: readonly ProjectAlarm[], region: string): Widget[] {
  const byMetric = new Map<string, AlarmDefinition[]>();
  for (const alarm of alarms.filter(isPlainAlarm)) {
    if (alarm.namespace === service || alarm.namespace === machine) continue;
    const key = JSON.stringify([alarm.namespace, alarm.metric, Object.entries(alarm.dimensions).sort()]);
    byMetric.set(key, [...(byMetric.get(key) ?? []), alarm]);
  }
  const plain = [...byMetric.values()].map((group) => {
    const { metric, period } = group[0]!;
    return { title: metric, period, metrics: [lineOf(group[0]!)], annotations: { horizontal: group.map(limitOf) } };
  });
  return [...plain, ...alarms.flatMap(madeGraph)].map((graph, index) =>
    at('metric')((index % 2) * 12, 27 + Math.floor(index / 2) * 6, 12, 6, {
      ...{ region, view: 'timeSeries', stacked: false, ...graph },
    }),
  );
}

/** What an expression or a band makes of its metrics; a composite alarm has nothing to draw. */
function madeGraph(alarm: ProjectAlarm) {
  if ('expression' in alarm) {
    const { name, expression, metrics, period } = alarm;
    const hidden = Object.entries(metrics).map(([id, metric]) => lineOf(metric, { id, visible: false }));
    const lines = [...hidden, [{ expression, label: expression, id: 'judged' }]];
    return [{ title: name, period, metrics: lines, annotations: { horizontal: [limitOf(alarm)] } }];
  }
  if (!('band' in alarm)) return [];
  const { name, band, period } = alarm;
  const expression = `ANOMALY_DETECTION_BAND(watched, ${band})`;
  const lines = [lineOf(alarm, { id: 'watched' }), [{ expression, label: 'expected', id: 'band' }]];
  return [{ title: name, period, metrics: lines }];
}

function lineOf(
  { namespace, metric, dimensions, statistic }: ExpressionAlarm['metrics'][string],
  more: object = {},
): unknown[] {
  return [namespace, metric, ...Object.entries(dimensions).flat(), { stat: statistic, ...more }];
}

function limitOf({ name, operator, threshold }: Pick<AlarmDefinition, 'name' | 'operator' | 'threshold'>) {
  return { label: `${name} ${operator} ${threshold}`, value: threshold, color: red };
}

function at(type: Widget['type']) {
  return (x: number, y: number, width: number, height: number, properties: Widget['properties']): Widget => ({
    ...{ type, x, y, width, height, properties },
  });
}

function alarmArn(name: string, { region, account }: DashboardPlace): string {
  return `arn:${partitionOf(region)}:cloudwatch:${region}:${account}:alarm:${name}`;
}
