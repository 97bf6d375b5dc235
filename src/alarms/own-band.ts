import type { BandAlarm, JudgedAlarm } from '../project/alarms/alarm-schema.js';
import type { MetricPoint } from './evaluate-alarm.js';

/** How far back a band of our own looks. */
export const bandMs = 24 * 3600_000;
/** Fewer points than these say nothing of what is usual. */
const fewest = 12;
/** Of a metric that never moved, any move is this far. */
const furthest = 1000;

/** What it is called where a rule is said in words. */
export const ownBand = 'the band of the 24 hours before, a band of this machine';
/** What is said of it wherever it is judged: it is not the band that CloudWatch learns. */
export const ownBandNote =
  'in standard deviations from the mean of the 24 hours before: a band of this machine, not that of CloudWatch';

/** The alarm that judges distances instead of values. */
export function judgedByDistance({
  period,
  evaluationPeriods,
  datapointsToAlarm,
  missing,
  band,
}: BandAlarm): JudgedAlarm {
  return { period, evaluationPeriods, datapointsToAlarm, missing, operator: '>', threshold: band };
}

/**
 * How far each point lies from the mean of the points in the 24 hours before it, in their standard deviations (of a sample):
 * to the side that the alarm is about, or to either. Points with fewer than 12 before them have none.
 * @param points oldest first
 * @param from of which points on the distance is asked for
 */
export function distances(
  points: readonly MetricPoint[],
  { operator }: Pick<BandAlarm, 'operator'>,
  from: Date,
): MetricPoint[] {
  return points.flatMap(({ at, value }, index) => {
    if (Date.parse(at) < from.getTime()) return [];
    const since = Date.parse(at) - bandMs;
    const before = points.slice(0, index).filter((one) => Date.parse(one.at) >= since);
    if (before.length < fewest) return [];
    const mean = before.reduce((sum, one) => sum + one.value, 0) / before.length;
    const squares = before.reduce((sum, one) => sum + (one.value - mean) ** 2, 0);
    const deviation = Math.sqrt(squares / (before.length - 1));
    const signed = deviation === 0 ? Math.sign(value - mean) * furthest : (value - mean) / deviation;
    const side = { above: signed, below: -signed, outside: Math.abs(signed) }[operator];
    return [{ at, value: Math.max(-furthest, Math.min(furthest, side)) }];
  });
}
