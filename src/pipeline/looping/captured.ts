import { sha256 } from '../../common/hash.js';
import {
  captureRecordSchema,
  groundTruthLabels,
  groundTruthRecordSchema,
} from '../../documents/capture/capture-record.js';
import type { Batch } from '../../documents/batch.js';
import { captureRows, type TableRow } from '../../documents/capture/captured-rows.js';
import { keys } from '../../documents/keys.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { ObjectReader } from '../../platform/ports/objects.js';
import { everyItem } from '../../platform/ports/pages.js';

/** One row that was predicted, and what became true of it where that is known. */
export interface Predicted {
  id: string;
  at: string | null;
  row: TableRow;
}

/** So many rows are taken in at once; the rest waits for the next look. */
const most = 50_000;
/** Ground truth of longer ago is not looked for. */
const days = 60;

/** Up to where captured requests were taken in. */
export type Mark = Pick<NonNullable<Batch['captured']>, 'to' | 'open'>;

/** So many of the last files may still grow. */
const mayGrow = 20;

/** Where those after a mark lie, oldest first, and from which byte on; a file that is written to is longer each time. */
export async function* filesAfter(
  objects: ObjectReader,
  prefix: string,
  mark: Mark | undefined,
  options: CallOptions,
): AsyncGenerator<{ key: string; from: number }> {
  for await (const entry of everyItem((page) => objects.list(prefix, { ...page, ...options }))) {
    if (entry.kind !== 'object' || !entry.key.endsWith('.jsonl')) continue;
    const from = mark?.open[entry.key] ?? (mark !== undefined && entry.key <= mark.to ? entry.size : 0);
    if (from < entry.size) yield { key: entry.key, from };
  }
}

/**
 * Rows that were captured below a prefix after a mark, oldest first: as many files as hold enough.
 * @returns the mark that comes of it; lines that are no record are counted
 */
export async function capturedAfter(
  objects: ObjectReader,
  { prefix, mark }: { prefix: string; mark: Mark | undefined },
  options: CallOptions,
): Promise<{ rows: Predicted[]; mark: Mark | undefined; unreadable: number }> {
  const rows: Predicted[] = [];
  const open = { ...mark?.open };
  let [to, unreadable] = [mark?.to, 0];
  for await (const { key, from } of filesAfter(objects, prefix, mark, options)) {
    if (rows.length >= most) break;
    const bytes = Buffer.from((await objects.read(key, options)) ?? []);
    for (const line of linesIn(bytes.subarray(from))) {
      const read = captureRecordSchema.safeParse(jsonOf(line));
      if (!read.success) unreadable += 1;
      // What was refused was no prediction.
      else if (read.data.captureData.endpointOutput !== undefined)
        for (const row of captureRows(read.data))
          rows.push({ id: String(row.record_id), at: read.data.eventMetadata.inferenceTime ?? null, row });
    }
    open[key] = bytes.length;
    if (to === undefined || key > to) to = key;
  }
  const last = Object.entries(open).sort(([left], [right]) => (left < right ? 1 : -1));
  const next = to === undefined ? undefined : { to, open: Object.fromEntries(last.slice(0, mayGrow)) };
  return { rows, mark: next, unreadable };
}

/** What became true, by the id of a prediction; of several labels of one the last counts. Of the last 60 days. */
export async function groundTruthOf(
  objects: ObjectReader,
  endpoint: string,
  now: Date,
  options: CallOptions,
): Promise<Map<string, string>> {
  const labels = new Map<string, string>();
  const prefix = keys.groundTruth(endpoint);
  const first = prefix + new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '/');
  for await (const { key } of everyItem((page) => objects.list(prefix, { ...page, ...options }))) {
    if (!key.endsWith('.jsonl') || key < first) continue;
    for (const line of linesIn(await objects.read(key, options))) {
      const read = groundTruthRecordSchema.safeParse(jsonOf(line));
      if (!read.success) continue;
      const { eventId } = read.data.eventMetadata;
      const found = groundTruthLabels(read.data);
      if (found.length === 1) labels.set(eventId, found[0]!);
      else found.forEach((label, at) => labels.set(`${eventId}#${at + 1}`, label));
    }
  }
  return labels;
}

/** A number for an id, where the things that rows are about have numbers: the same for the same id. */
export const numberOf = (id: string): number => Number.parseInt(sha256(id).slice(0, 12), 16);

function linesIn(bytes: Uint8Array | undefined): string[] {
  return Buffer.from(bytes ?? [])
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

/** The newest mark of an endpoint's variant, whose captures lie below a prefix. */
export function markOf(batches: readonly Batch[], prefix: string): Mark | undefined {
  const marks = batches.flatMap(({ captured }) => (captured?.to.startsWith(prefix) ? [captured] : []));
  return marks.reduce<Mark | undefined>(
    (last, one) => (last === undefined || grown(one, last) ? one : last),
    undefined,
  );
}

/** A later mark goes further, or has taken more of the same files. */
const grown = (one: Mark, other: Mark): boolean =>
  one.to > other.to || (one.to === other.to && bytesOf(one) > bytesOf(other));

const bytesOf = ({ open }: Mark) => Object.values(open).reduce((sum, bytes) => sum + bytes, 0);

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
