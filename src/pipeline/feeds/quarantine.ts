import { keys } from '../../documents/keys.js';
import { everyItem } from '../../platform/ports/pages.js';
import { writeDocument } from '../store.js';
import type { FeedAt } from './feed-at.js';

/** So much of what does not fit is kept: enough to see what it is, of a feed that sends nothing else too. */
const mostText = 20_000;
const mostRows = 50;
/** And so many of them. */
const mostFiles = 200;

interface NotTaken {
  why: string;
  /** The answer as it came. */
  bytes?: Uint8Array;
  rows?: readonly { row: unknown; why: string }[];
}

/** Keeps what was not taken, with the reason; the oldest go when there are many. */
export async function quarantine(
  { environment, writers, signal }: FeedAt,
  source: string,
  at: Date,
  { why, bytes, rows }: NotTaken,
): Promise<void> {
  const stamp = at.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '-');
  const document = {
    ...{ source, at: at.toISOString(), why },
    ...(bytes && { bytes: bytes.length, text: Buffer.from(bytes.subarray(0, mostText)).toString('utf8') }),
    ...(rows && { rows: rows.slice(0, mostRows).map(({ row, why: of }) => ({ why: of, row: shortened(row) })) }),
  };
  await writeDocument(writers.objects, `${keys.feedErrors(source)}${stamp}.json`, document, { signal });
  const there: string[] = [];
  const list = everyItem((page) => environment.objects.list(keys.feedErrors(source), page), { signal });
  for await (const { key } of list) there.push(key);
  for (const key of there.slice(0, -mostFiles)) await writers.objects.remove(key, { signal });
}

const mostOfRow = 2000;
const shortened = (row: unknown): unknown => {
  const text = JSON.stringify(row);
  return text.length > mostOfRow ? `${text.slice(0, mostOfRow)}…` : row;
};
