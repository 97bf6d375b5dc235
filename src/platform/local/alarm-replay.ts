import { evaluationRange, type EvaluatedAlarm } from '../../alarms/evaluate-alarm.js';
import { evaluateMetricMath } from '../../alarms/metric-math.js';
import { replayAlarm, type Transition } from '../../alarms/replay-alarm.js';
import { replayComposite, type Part } from '../../alarms/composite.js';
import { bandMs, distances, judgedByDistance, ownBandNote } from '../../alarms/own-band.js';
import type {
  AlarmDefinition,
  BandAlarm,
  CompositeAlarm,
  ExpressionAlarm,
  ProjectAlarm,
} from '../../project/alarms/alarm-schema.js';
import { alarmsIn, parseCompositeRule } from '../../project/rules/composite-rule.js';
import { parseMetricMath } from '../../project/rules/metric-math.js';
import type { AlarmStateValue } from '../ports/alarms.js';
import { readMetrics, type Observations } from './metric-files.js';
import { pointsOf, startOf } from './metric-statistics.js';
import { endpointCreatedAt } from './endpoints/created.js';
import type { Place } from './place.js';

export interface StoredAlarm {
  definition: ProjectAlarm;
  state: AlarmStateValue;
  since: string;
  /** Up to when its transitions are recorded. */
  evaluatedAt?: string;
  createdAt?: string;
  history: Transition[];
}
export interface Replayed {
  now: EvaluatedAlarm;
  transitions: Transition[];
}
/** Another alarm of the same place by its name; undefined when there is none. */
export type Find = (name: string) => Promise<StoredAlarm | undefined>;

/** What an alarm would have said longer ago than this is not worked out any more. */
const replayedMs = 7 * 86_400_000;

/** What an alarm said since it was last evaluated, and says now, by the stored metrics. */
export async function replay(place: Place, alarm: StoredAlarm, now: Date, find: Find): Promise<Replayed> {
  const { definition, state, since } = alarm;
  const last = Math.max(Date.parse(alarm.evaluatedAt ?? since), now.getTime() - replayedMs);
  const previous = { state, since, evaluatedAt: new Date(Math.min(last, now.getTime())).toISOString() };
  if ('composite' in definition) return replayMade(place, definition, previous, now, find);
  const pointsAt = await pointsOver(place, definition, new Date(previous.evaluatedAt), now);
  const begin = await beginOf(place, definition, alarm.createdAt);
  if ('band' in definition)
    return withNote(replayAlarm(judgedByDistance(definition), pointsAt, previous, now, begin), ownBandNote);
  return replayAlarm(definition, pointsAt, previous, now, begin);
}

/** Whoever reads why learns by what it was judged. */
function withNote({ now, transitions }: Replayed, note: string): Replayed {
  const noted = <Said extends { reason: string }>(said: Said) => ({ ...said, reason: `${said.reason}, ${note}` });
  return { now: noted(now), transitions: transitions.map(noted) };
}

type Measured = AlarmDefinition | ExpressionAlarm | BandAlarm;

/** Since when a metric can have had points: the alarm and the endpoints that it measures have been made. */
async function beginOf(place: Place, definition: Measured, createdAt: string | undefined) {
  const metrics = 'expression' in definition ? Object.values(definition.metrics) : [definition];
  const endpoints = new Set(metrics.flatMap(({ dimensions }) => dimensions.EndpointName ?? []));
  const made = await Promise.all([...endpoints].map((name) => endpointCreatedAt(place, name)));
  const times = [createdAt, ...made].filter((time) => time !== undefined).map((time) => Date.parse(time));
  return times.length === 0 ? undefined : new Date(Math.max(...times));
}

type Previous = Parameters<typeof replayComposite>[2];

async function replayMade(place: Place, { composite }: CompositeAlarm, previous: Previous, now: Date, find: Find) {
  const rule = parseCompositeRule(composite);
  const parts = new Map<string, Part>();
  for (const name of alarmsIn(rule).keys()) {
    const alarm = await find(name);
    if (alarm !== undefined)
      parts.set(name, partOf(alarm, await replay(place, alarm, now, find), previous.evaluatedAt));
  }
  return replayComposite(rule, parts, previous);
}

/** Its state at a moment, by what is known of its changes, and those since. */
function partOf(alarm: StoredAlarm, { now, transitions }: Replayed, moment: string): Part {
  const all = [...alarm.history, ...transitions];
  const isLater = ({ at }: Transition) => Date.parse(at) > Date.parse(moment);
  const later = all.filter(isLater);
  const state = all.findLast((one) => !isLater(one))?.to ?? later[0]?.from ?? now.state;
  return { state, transitions: later };
}

/** The points that an evaluation at a moment looks at. One reading of the stored observations serves every moment. */
async function pointsOver(place: Place, definition: Measured, since: Date, now: Date) {
  // What is usual is told by the day before.
  const earlier = 'band' in definition ? bandMs : 0;
  const from = new Date(evaluationRange(definition, since).from.getTime() - earlier);
  const read = async (metric: Parameters<typeof readMetrics>[1]) => {
    const observations = await readMetrics(place, metric, from.getTime(), now.getTime());
    return observations.sort((left, right) => left.at - right.at);
  };
  const { period } = definition;
  const points = (observations: Observations[], statistic: string, range: { from: Date; to: Date }) => {
    const [begin, end] = [range.from, range.to].map((at) => firstFrom(observations, at.getTime()));
    return pointsOf(observations.slice(begin, end), { statistic, period, ...range });
  };
  if (!('expression' in definition)) {
    const observations = await read(definition);
    const { statistic } = definition;
    if (!('band' in definition))
      return (moment: Date) => points(observations, statistic, evaluationRange(definition, moment));
    return (moment: Date) => {
      const range = evaluationRange(definition, moment);
      const usual = { from: new Date(range.from.getTime() - bandMs), to: range.to };
      return distances(points(observations, statistic, usual), definition, range.from);
    };
  }
  const math = parseMetricMath(definition.expression);
  const metrics = Object.entries(definition.metrics);
  const series = await Promise.all(metrics.map(([, metric]) => read(metric)));
  return (moment: Date) => {
    const range = evaluationRange(definition, moment);
    const named = metrics.map(([id, { statistic }], index) => [id, points(series[index]!, statistic, range)] as const);
    return evaluateMetricMath(math, new Map(named), momentsOf(range, period));
  };
}

/** The beginnings of the periods in a range. */
function momentsOf({ from, to }: { from: Date; to: Date }, period: number): string[] {
  const moments: string[] = [];
  for (let at = startOf(from, period); at < to.getTime(); at += period * 1000) moments.push(new Date(at).toISOString());
  return moments;
}

/** Place of the first observation at or after a moment. */
function firstFrom(observations: readonly { at: number }[], moment: number): number {
  let [low, high] = [0, observations.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (observations[middle]!.at < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
