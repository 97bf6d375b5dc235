import { reasonLeftOut } from '../look-at-each.js';
import type { Dashboard, DashboardPart } from '../../documents/measured/dashboard.js';
import type { Series } from '../../documents/measured/series.js';
import {
  endpointWidgets,
  type DashboardWidget,
  type GraphWidget,
  type NumberWidget,
  type WidgetLine,
} from '../../export/widgets.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { Project } from '../../project/schema.js';
import { alarmsOf } from '../alarms-of.js';
import { mainVariant } from '../endpoints/main-variant.js';
import { findAlarms } from '../project-alarms.js';
import { newestRelease } from '../releasing/stored.js';
import { expressionSeries, metricSeries, spanUntil, type Span } from './metric-series.js';

export interface DashboardWish {
  /** How far back its graphs reach. */
  hours: number;
  now: Date;
}

type Measured = Pick<
  Dashboard,
  'project' | 'environment' | 'endpoint' | 'serving' | 'release' | 'from' | 'to' | 'widgets'
>;

/** What the endpoint does, by the widgets of the exported dashboard; what cannot be read says why, and hides nothing else. */
export async function measuredDashboard(
  { project, environment }: { project: Project; environment: Environment },
  { hours, now }: DashboardWish,
  options: CallOptions = {},
): Promise<Measured> {
  const { file } = project;
  const endpoint = file.endpoint.name;
  const seconds = hours * 3600;
  const widgets = endpointWidgets(file, alarmsOf(file));
  const read = (widget: DashboardWidget) => partOf(widget, { project, environment }, { seconds, now }, options);
  const [info, release, ...parts] = await Promise.all([
    orNothing(environment.endpoints.describe(endpoint, options)),
    orNothing(newestRelease(environment.objects, endpoint, options)),
    ...widgets.map(read),
  ]);
  const { from, to } = spanUntil(now, { seconds, period: 300 });
  return {
    ...{ project: file.name, environment: environment.name, endpoint },
    serving: info ? { status: info.status, version: mainVariant(info.serving ?? [])?.modelVersion ?? null } : null,
    ...(release?.outcome === null && {
      release: `${release.to} takes ${Math.round(100 * (release.steps[release.step] ?? 0))} % of ${endpoint}`,
    }),
    ...{ from: from.toISOString(), to: to.toISOString(), widgets: parts },
  };
}

type At = Parameters<typeof measuredDashboard>[0];

async function partOf(
  widget: DashboardWidget,
  at: At,
  { seconds, now }: { seconds: number; now: Date },
  options: CallOptions,
): Promise<DashboardPart> {
  const { id, title } = widget;
  switch (widget.kind) {
    case 'heading':
      return { type: 'heading', id, title, text: widget.text };
    case 'alarms':
      return { type: 'alarms', id, title, ...(await alarmStates(at, options)) };
    case 'number':
      return { type: 'number', id, title, ...(await numberOf(widget, at.environment, now, options)) };
    case 'graph': {
      const span = spanUntil(now, { seconds, period: widget.period });
      const { period, limits, axis } = widget;
      const shown = { type: 'graph' as const, id, title, period, limits };
      return {
        ...shown,
        ...(await linesOf(widget, at.environment, span, options)),
        ...(axis?.max !== undefined && { axis: { min: axis.min, max: axis.max } }),
      };
    }
  }
}

async function linesOf(
  { lines, made }: GraphWidget,
  environment: Environment,
  span: Span,
  options: CallOptions,
): Promise<{ lines: Series[]; reason?: string }> {
  const series = (line: WidgetLine) => metricSeries(environment, line, span, options);
  const all = async (): Promise<Series[]> => {
    if (made !== undefined && 'expression' in made)
      return [{ label: made.expression, points: await expressionSeries(environment, made, span, options) }];
    return Promise.all(
      lines.map(async (line) => ({
        label: line.label ?? (lines.length > 1 ? line.statistic : line.metric),
        ...unitOf(line),
        points: await series(line),
      })),
    );
  };
  const found = await withReason(all());
  if (found.reason !== undefined) return { lines: [], reason: found.reason };
  const isEmpty = found.value.every(({ points }) => points.length === 0);
  return { lines: found.value, ...(isEmpty && { reason: 'nothing was measured in this time' }) };
}

async function numberOf({ line, period }: NumberWidget, environment: Environment, now: Date, options: CallOptions) {
  const to = new Date(Math.ceil(now.getTime() / 60e3) * 60e3);
  // One period that ends now: an hour by the clock would be empty at its beginning.
  const span = { from: new Date(to.getTime() - period * 1000), to, period: 60 };
  const found = await withReason(overall(environment, line, span, options));
  if (found.reason !== undefined) return { value: null, reason: found.reason };
  if (found.value === undefined) return { value: null, reason: 'nothing was measured in this time', ...unitOf(line) };
  return { value: found.value, ...unitOf(line) };
}

/** Of minutes the sum, or the mean of all that was observed in them. */
async function overall(environment: Environment, line: WidgetLine, span: Span, options: CallOptions) {
  const sums = await metricSeries(environment, { ...line, statistic: 'Sum' }, span, options);
  const sum = sums.reduce((total, { value }) => total + value, 0);
  if (sums.length === 0 || line.statistic === 'Sum') return sums.length === 0 ? undefined : sum;
  const counts = await metricSeries(environment, { ...line, statistic: 'SampleCount' }, span, options);
  return sum / counts.reduce((total, { value }) => total + value, 0);
}

async function alarmStates({ project, environment }: At, options: CallOptions) {
  const found = await withReason(findAlarms(project.file, environment, options));
  if (found.reason !== undefined) return { alarms: [], reason: found.reason };
  return {
    alarms: found.value.ours.map(({ name, state, since, reason, latest, definition }) => ({
      ...{ name, state, since, reason },
      ...(latest !== undefined && { latest }),
      ...(definition?.unit !== undefined && { unit: definition.unit }),
    })),
  };
}

/** SageMaker's own metrics have known units; those of others are numbers. */
function unitOf({ metric, statistic }: WidgetLine): { unit?: string } {
  if (statistic === 'SampleCount' || statistic === 'Sum') return { unit: 'Count' };
  if (metric.endsWith('Latency')) return { unit: 'Microseconds' };
  return metric.endsWith('Utilization') ? { unit: 'Percent' } : {};
}

async function withReason<T>(work: Promise<T>): Promise<{ value: T; reason?: undefined } | { reason: string }> {
  try {
    return { value: await work };
  } catch (error) {
    return { reason: reasonLeftOut(error) };
  }
}

async function orNothing<T>(work: Promise<T | undefined>): Promise<T | undefined> {
  return work.catch((error: unknown) => {
    reasonLeftOut(error);
    return undefined;
  });
}
