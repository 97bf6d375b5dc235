import { sha256 } from '../../common/hash.js';
import {
  captureRecordSchema,
  groundTruthLabels,
  groundTruthRecordSchema,
} from '../../documents/capture/capture-record.js';
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

/**
 * Rows that were captured below a prefix after a file, oldest first: those of whole files, as many as fit.
 * @returns the last file that they are from; lines that are no record are counted
 */
export async function capturedAfter(
  objects: ObjectReader,
  { prefix, after }: { prefix: string; after: string | undefined },
  options: CallOptions,
): Promise<{ rows: Predicted[]; last: string | undefined; unreadable: number }> {
  const rows: Predicted[] = [];
  let [last, unreadable] = [after, 0];
  for await (const { key } of everyItem((page) => objects.list(prefix, { ...page, ...options }))) {
    if (!key.endsWith('.jsonl') || (after !== undefined && key <= after)) continue;
    if (rows.length >= most) break;
    for (const line of await linesAt(objects, key, options)) {
      const read = captureRecordSchema.safeParse(jsonOf(line));
      if (!read.success) unreadable += 1;
      // What was refused was no prediction.
      else if (read.data.captureData.endpointOutput !== undefined)
        for (const row of captureRows(read.data))
          rows.push({ id: String(row.record_id), at: read.data.eventMetadata.inferenceTime ?? null, row });
    }
    last = key;
  }
  return { rows, last, unreadable };
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
    for (const line of await linesAt(objects, key, options)) {
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

async function linesAt(objects: ObjectReader, key: string, options: CallOptions): Promise<string[]> {
  const bytes = await objects.read(key, options);
  return Buffer.from(bytes ?? [])
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
