import { join } from 'node:path';
import * as z from 'zod';
import { InputError } from '../../common/errors.js';
import { appendLines, readIfThere } from '../../common/files.js';
import type { MetricDatum } from '../ports/metrics.js';
import type { Place } from './place.js';

/** A line of `metrics/<day>.jsonl`: values observed of one metric at one moment, and how often each. */
const lineSchema = z.object({
  namespace: z.string(),
  metric: z.string(),
  dimensions: z.record(z.string(), z.string()),
  at: z.string(),
  unit: z.string().optional(),
  values: z.array(z.number()),
  counts: z.array(z.number()),
});
type Line = z.infer<typeof lineSchema>;

export interface Observations {
  at: number;
  values: number[];
  counts: number[];
}

/** Appends to the file of each datum's day (UTC). @throws InputError for a value that is no number */
export async function appendMetrics(place: Place, namespace: string, data: MetricDatum[]): Promise<void> {
  const days = new Map<string, string[]>();
  for (const line of linesOf(namespace, data)) {
    const day = line.at.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), JSON.stringify(line)]);
  }
  for (const [day, lines] of days) await appendLines(dayPath(place, day), lines);
}

/** Observations of one metric with exactly these dimensions, `from <= at < to`. */
export async function readMetrics(
  place: Place,
  which: { namespace: string; metric: string; dimensions: Record<string, string> },
  from: number,
  to: number,
): Promise<Observations[]> {
  const wanted = seriesOf(which);
  const mark = JSON.stringify(which.metric);
  const found: Observations[] = [];
  for (const day of daysBetween(from, to)) {
    const text = (await readIfThere(dayPath(place, day)))?.toString('utf8') ?? '';
    for (const raw of text.split('\n')) {
      const line = raw.includes(mark) ? parseLine(raw) : undefined;
      if (line === undefined || seriesOf(line) !== wanted) continue;
      const at = Date.parse(line.at);
      if (at >= from && at < to) found.push({ at, values: line.values, counts: line.counts });
    }
  }
  return found;
}

function dayPath(place: Place, day: string): string {
  return join(place.metrics, `${day}.jsonl`);
}

/** Data of one series and moment share a line. */
function linesOf(namespace: string, data: MetricDatum[]): Line[] {
  const lines = new Map<string, Line>();
  for (const { metric, dimensions, value, count = 1, unit, at } of data) {
    if (!Number.isFinite(value))
      throw new InputError(`metric ${namespace} ${metric}: ${value} is no figure to store; expected a finite number`);
    const key = `${seriesOf({ namespace, metric, dimensions })} ${at.getTime()}`;
    const line = lines.get(key) ?? {
      namespace,
      metric,
      dimensions,
      at: at.toISOString(),
      unit,
      values: [],
      counts: [],
    };
    line.values.push(value);
    line.counts.push(count);
    lines.set(key, line);
  }
  return [...lines.values()];
}

function seriesOf(which: { namespace: string; metric: string; dimensions: Record<string, string> }): string {
  const dimensions = Object.entries(which.dimensions).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([which.namespace, which.metric, dimensions]);
}

/** Undefined for a line that a killed process left torn. */
function parseLine(raw: string): Line | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(raw)).data;
  } catch {
    return undefined;
  }
}

const dayMs = 86_400_000;

function daysBetween(from: number, to: number): string[] {
  const days: string[] = [];
  for (let day = Math.floor(from / dayMs) * dayMs; day < to; day += dayMs)
    days.push(new Date(day).toISOString().slice(0, 10));
  return days;
}
