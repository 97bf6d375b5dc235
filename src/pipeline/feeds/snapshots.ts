import type { SourceFile } from '../../data/sources/sources.js';
import { keys } from '../../documents/keys.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import { everyItem } from '../../platform/ports/pages.js';
import type { ObjectReader } from '../../platform/ports/objects.js';
import type { Feed } from '../../project/live/feed-schema.js';

const ending = '.csv.gz';

/** Where an answer lies, by the step of time that it is of: its rows, its bytes as they came, what is known of it. */
export function placesOf(source: string, step: Date) {
  const [day, time] = step.toISOString().slice(0, 16).split('T') as [string, string];
  const stem = `${keys.feed(source)}${day}/${time.replace(':', '-')}`;
  return { rows: `${stem}${ending}`, bytes: `${stem}.json.gz`, manifest: `${stem}.manifest.json` };
}

/** The moment of the step whose answer lies at a key; undefined for other keys. */
export function stepAt(source: string, key: string): Date | undefined {
  const [, day, hour, minute] = /^(\d{4}-\d\d-\d\d)\/(\d\d)-(\d\d)\./.exec(key.slice(keys.feed(source).length)) ?? [];
  const step = new Date(`${day}T${hour}:${minute}:00Z`);
  return Number.isNaN(step.getTime()) ? undefined : step;
}

/** The answers of a feed that are the table, in their order, as files of its source: they lie in the bucket and never change. */
export async function snapshotFiles(
  objects: ObjectReader,
  source: string,
  feed: Feed,
  options: CallOptions,
): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for await (const { key } of everyItem((page) => objects.list(keys.feed(source), page), options)) {
    if (!key.endsWith(ending)) continue;
    const name = key.slice(keys.feed(source).length).replace('/', '-');
    files.push({ name, uri: feed.url, at: { landed: key } });
  }
  return feed.keep === 'newest' ? files.slice(-1) : files;
}
