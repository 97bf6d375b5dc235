import { keys } from '../../documents/keys.js';
import type { ObjectReader, ObjectWriter } from '../../platform/ports/objects.js';
import { collect } from '../../platform/ports/pages.js';

/** One prediction as it is kept, a line of JSON each. */
export interface Prediction {
  inference_id: string;
  /** The moment of its row, ISO 8601. */
  time: string;
  risk: number | null;
  /** From which risk on the version that answered calls it. */
  threshold: number | null;
}
/** One that came true or not. */
export interface Outcome extends Prediction {
  label: number;
}

/** `2026-11-30-20-05`: a moment as keys have it. */
export const stampOfMoment = (at: Date): string => at.toISOString().slice(0, 16).replace('T', '-').replace(':', '-');

function momentOfStamp(key: string): Date | undefined {
  const [, day, hour, minute] = /dt=(\d{4}-\d\d-\d\d)-(\d\d)-(\d\d)\//.exec(key) ?? [];
  return day === undefined ? undefined : new Date(`${day}T${hour}:${minute}:00Z`);
}

interface Reading {
  objects: ObjectReader;
  signal: AbortSignal;
}

/** The moments at or after `from` of which something is kept below a prefix. */
export async function momentsBelow({ objects, signal }: Reading, prefix: string, from: Date): Promise<Date[]> {
  const folders = await collect((page) => objects.list(prefix, { ...page, folders: true, signal }));
  const moments = new Map<number, Date>();
  for (const { key } of folders) {
    const at = momentOfStamp(key);
    if (at !== undefined && at >= from) moments.set(at.getTime(), at);
  }
  return [...moments.values()].sort((left, right) => left.getTime() - right.getTime());
}

export async function readLines<Line>({ objects, signal }: Reading, key: string): Promise<Line[]> {
  const bytes = await objects.read(key, { signal });
  const text = Buffer.from(bytes ?? []).toString('utf8');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Line]));
}

export const writeLines = (
  { objects, signal }: { objects: ObjectWriter; signal: AbortSignal },
  key: string,
  lines: readonly object[],
): Promise<void> => objects.put(key, lines.map((line) => `${JSON.stringify(line)}\n`).join(''), { signal });

export const inferenceKey = (at: Date) => keys.inference(stampOfMoment(at));
export const qualityKey = (at: Date) => keys.quality(stampOfMoment(at));
