import { partitionOf } from '../common/aws-partition.js';
import type { ProjectAlarm } from '../project/alarms/alarm-schema.js';
import { dashboardMark } from '../project/names.js';
import type { ProjectFile } from '../project/schema.js';
import { endpointWidgets, type DashboardWidget, type GraphWidget, type WidgetLine } from './widgets.js';

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

const limitColour = '#d62728';

/** The dashboard of a project's endpoint as CloudWatch draws it. */
export function endpointDashboard(
  file: ProjectFile,
  alarms: readonly ProjectAlarm[],
  place: DashboardPlace,
): DashboardBody {
  const { region, environment } = place;
  const mark = dashboardMark({ project: file.name, environment, region });
  const drawn = (widget: DashboardWidget): Pick<Widget, 'type' | 'properties'> => {
    const { title } = widget;
    switch (widget.kind) {
      case 'heading': {
        const [head, about] = widget.text.split('\n');
        return { type: 'text', properties: { markdown: `${head}\nRegion ${region} · ${about} · ${mark}` } };
      }
      case 'alarms':
        return { type: 'alarm', properties: { title, alarms: alarms.map(({ name }) => alarmArn(name, place)) } };
      case 'number': {
        const { period, line } = widget;
        return {
          type: 'metric',
          properties: { title, region, view: 'singleValue', period, metrics: [lineText(line)] },
        };
      }
      case 'graph':
        return { type: 'metric', properties: { region, ...graphProperties(widget) } };
    }
  };
  const widgets = endpointWidgets(file, alarms).map((widget): Widget => {
    const { x, y, width, height } = widget;
    return { x, y, width, height, ...drawn(widget) };
  });
  return { widgets };
}

function graphProperties({ title, period, lines, limits, axis, made }: GraphWidget): Record<string, unknown> {
  const isHidden = made !== undefined && 'expression' in made;
  return {
    ...{ title, view: 'timeSeries', stacked: false, period },
    metrics: [...lines.map((line) => lineText(line, isHidden)), ...madeLines(made)],
    ...(axis && { yAxis: { left: axis } }),
    ...(limits.length > 0 && {
      annotations: { horizontal: limits.map(({ label, value }) => ({ label, value, color: limitColour })) },
    }),
  };
}

function madeLines(made: GraphWidget['made']): unknown[] {
  if (made === undefined) return [];
  if ('expression' in made) return [[{ expression: made.expression, label: made.expression, id: 'judged' }]];
  return [[{ expression: `ANOMALY_DETECTION_BAND(watched, ${made.band})`, label: 'expected', id: 'band' }]];
}

function lineText(
  { namespace, metric, dimensions, statistic, label, colour, id }: WidgetLine,
  isHidden = false,
): unknown[] {
  const about = {
    stat: statistic,
    ...(label !== undefined && { label }),
    ...(colour !== undefined && { color: colour }),
    ...(id !== undefined && { id }),
    ...(isHidden && { visible: false }),
  };
  return [namespace, metric, ...Object.entries(dimensions).flat(), about];
}

function alarmArn(name: string, { region, account }: DashboardPlace): string {
  return `arn:${partitionOf(region)}:cloudwatch:${region}:${account}:alarm:${name}`;
}
