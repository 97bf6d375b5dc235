import type { AlarmDocument } from '../../documents/alarm.js';
import type { Series } from '../../documents/measured/series.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { ProjectAlarm } from '../../project/alarms/alarm-schema.js';
import { expressionSeries, metricSeries, spanUntil, type Span } from './metric-series.js';
import { reasonLeftOut } from '../look-at-each.js';

const daySeconds = 86_400;
/** However long a period is, so many of them are shown. */
const fewestPeriods = 24;

/** What an alarm judges, over the last day or longer where its periods are long; undefined for one that judges alarms. */
export async function alarmMeasured(
  environment: Environment,
  alarm: ProjectAlarm,
  now: Date,
  options: CallOptions = {},
): Promise<AlarmDocument['measured']> {
  if ('composite' in alarm) return undefined;
  const { period } = alarm;
  const span = spanUntil(now, { seconds: Math.max(daySeconds, fewestPeriods * period), period });
  const limits = 'threshold' in alarm ? [{ label: `limit ${alarm.threshold}`, value: alarm.threshold }] : [];
  const about = { from: span.from.toISOString(), to: span.to.toISOString(), period, limits };
  try {
    return { ...about, lines: [await lineOf(environment, alarm, span, options)] };
  } catch (error) {
    return { ...about, lines: [], reason: reasonLeftOut(error) };
  }
}

async function lineOf(
  environment: Environment,
  alarm: Exclude<ProjectAlarm, { composite: string }>,
  span: Span,
  options: CallOptions,
): Promise<Series> {
  if ('expression' in alarm)
    return { label: alarm.expression, points: await expressionSeries(environment, alarm, span, options) };
  const points = await metricSeries(environment, alarm, span, options);
  return {
    label: `${alarm.statistic} of ${alarm.metric}`,
    ...(alarm.unit !== undefined && { unit: alarm.unit }),
    points,
  };
}
