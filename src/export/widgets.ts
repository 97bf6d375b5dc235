import {
  isPlainAlarm,
  type AlarmDefinition,
  type ExpressionAlarm,
  type ProjectAlarm,
} from '../project/alarms/alarm-schema.js';
import type { ProjectFile } from '../project/schema.js';

/** One figure over time, or one of several that an expression is made of. */
export interface WidgetLine {
  namespace: string;
  metric: string;
  dimensions: Record<string, string>;
  statistic: string;
  label?: string;
  colour?: string;
  /** Its name in an expression, which is shown in its place. */
  id?: string;
}

export interface WidgetLimit {
  label: string;
  value: number;
}

interface Place {
  id: string;
  title: string;
  /** On a grid of 24 columns. */
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface GraphWidget extends Place {
  kind: 'graph';
  /** Seconds. */
  period: number;
  lines: WidgetLine[];
  limits: WidgetLimit[];
  axis?: { label?: string; min: number; max?: number };
  /** An alarm on an expression over the lines, or on a band around one: that is drawn too. */
  made?: Extract<ProjectAlarm, { expression: string } | { band: number }>;
}

export interface NumberWidget extends Place {
  kind: 'number';
  period: number;
  line: WidgetLine;
}

/** What a dashboard is made of, for whoever draws it. */
export type DashboardWidget =
  (Place & { kind: 'heading'; text: string }) | GraphWidget | (Place & { kind: 'alarms' }) | NumberWidget;

const machine = '/aws/sagemaker/Endpoints';
const service = 'AWS/SageMaker';
const red = '#d62728';
const orange = '#ff7f0e';

/**
 * The dashboard of a project's endpoint: traffic, errors, latencies, the machine, the alarms' states and four figures of
 * the last hour; below them a graph for every other metric that an alarm watches, with its threshold. CloudWatch's
 * dashboard and our own page are both written from this list.
 */
export function endpointWidgets(
  { name, endpoint, model }: Pick<ProjectFile, 'name' | 'endpoint' | 'model'>,
  alarms: readonly ProjectAlarm[],
): DashboardWidget[] {
  const dimensions = { EndpointName: endpoint.name, VariantName: 'AllTraffic' };
  const line = (namespace: string, metric: string, statistic: string, more: object = {}): WidgetLine => ({
    ...{ namespace, metric, dimensions, statistic },
    ...more,
  });
  const at = (id: string, title: string, x: number, y: number, width: number, height: number): Place => ({
    ...{ id, title, x, y, width, height },
  });
  const graph = (place: Place, lines: WidgetLine[], more: Partial<GraphWidget> = {}): GraphWidget => ({
    ...{ ...place, kind: 'graph', period: 300, lines, limits: [] },
    ...more,
  });
  const latency = (place: Place, metric: string, statistics: string[]) =>
    graph(
      place,
      statistics.map((statistic) => line(service, metric, statistic, { label: statistic })),
      { axis: { label: 'µs', min: 0 } },
    );
  const used = (place: Place, metric: string) =>
    graph(place, [line(machine, metric, 'Average'), line(machine, metric, 'Maximum')], {
      axis: { min: 0, max: 100 },
      limits: [{ label: 'Alarm @ 80%', value: 80 }],
    });
  const number = (place: Place, of: WidgetLine): NumberWidget => ({ ...place, kind: 'number', period: 3600, line: of });
  return [
    {
      ...at('heading', name, 0, 0, 24, 2),
      kind: 'heading',
      text: `# ${name}: endpoint ${endpoint.name}\nserves ${model.target} (${model.task})`,
    },
    graph(at('invocations', 'Invocations', 0, 2, 12, 6), [line(service, 'Invocations', 'Sum')]),
    graph(at('errors', 'Errors', 12, 2, 12, 6), [
      line(service, 'Invocation5XXErrors', 'Sum', { label: '5xx', colour: red }),
      line(service, 'Invocation4XXErrors', 'Sum', { label: '4xx', colour: orange }),
    ]),
    latency(at('model-latency', 'Model latency', 0, 8, 12, 6), 'ModelLatency', ['Average', 'p99', 'p50']),
    latency(at('overhead-latency', 'Overhead latency', 12, 8, 12, 6), 'OverheadLatency', ['Average', 'p99']),
    used(at('cpu', 'CPU', 0, 14, 8, 6), 'CPUUtilization'),
    used(at('memory', 'Memory', 8, 14, 8, 6), 'MemoryUtilization'),
    used(at('disk', 'Disk', 16, 14, 8, 6), 'DiskUtilization'),
    { ...at('alarms', 'Alarms', 0, 20, 24, 3), kind: 'alarms' },
    number(at('invocations-now', 'Invocations, last hour', 0, 23, 6, 4), line(service, 'Invocations', 'Sum')),
    number(at('errors-now', '5xx, last hour', 6, 23, 6, 4), line(service, 'Invocation5XXErrors', 'Sum')),
    number(at('latency-now', 'Model latency, last hour', 12, 23, 6, 4), line(service, 'ModelLatency', 'Average')),
    number(at('cpu-now', 'CPU, last hour', 18, 23, 6, 4), line(machine, 'CPUUtilization', 'Average')),
    ...watched(alarms),
  ];
}

/**
 * One graph a metric that is not the endpoint's own, two in a row, with the thresholds of all alarms on it; and one for
 * every expression and band. A composite alarm has nothing to draw.
 */
function watched(alarms: readonly ProjectAlarm[]): GraphWidget[] {
  const byMetric = new Map<string, AlarmDefinition[]>();
  for (const alarm of alarms.filter(isPlainAlarm)) {
    if (alarm.namespace === service || alarm.namespace === machine) continue;
    const key = JSON.stringify([alarm.namespace, alarm.metric, Object.entries(alarm.dimensions).sort()]);
    byMetric.set(key, [...(byMetric.get(key) ?? []), alarm]);
  }
  const plain = [...byMetric.values()].map((group) => {
    const { metric, period } = group[0]!;
    return { title: metric, period, lines: [lineOf(group[0]!)], limits: group.map(limitOf) };
  });
  return [...plain, ...alarms.flatMap(madeGraph)].map((graph, index) => ({
    ...{ id: `watched-${index + 1}`, kind: 'graph', x: (index % 2) * 12, y: 27 + Math.floor(index / 2) * 6 },
    ...{ width: 12, height: 6 },
    ...graph,
  }));
}

/** What an expression or a band makes of its metrics. */
function madeGraph(alarm: ProjectAlarm): Pick<GraphWidget, 'title' | 'period' | 'lines' | 'limits' | 'made'>[] {
  if ('expression' in alarm) {
    const lines = Object.entries(alarm.metrics).map(([id, metric]) => ({ ...lineOf(metric), id }));
    return [{ title: alarm.name, period: alarm.period, lines, limits: [limitOf(alarm)], made: alarm }];
  }
  if (!('band' in alarm)) return [];
  const lines = [{ ...lineOf(alarm), id: 'watched' }];
  return [{ title: alarm.name, period: alarm.period, lines, limits: [], made: alarm }];
}

function lineOf({ namespace, metric, dimensions, statistic }: ExpressionAlarm['metrics'][string]): WidgetLine {
  return { namespace, metric, dimensions, statistic };
}

function limitOf({ name, operator, threshold }: Pick<AlarmDefinition, 'name' | 'operator' | 'threshold'>): WidgetLimit {
  return { label: `${name} ${operator} ${threshold}`, value: threshold };
}
