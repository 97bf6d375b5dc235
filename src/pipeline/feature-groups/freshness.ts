import { parseS3Address } from '../../common/s3-address.js';
import { CancelledError, messageOf } from '../../common/errors.js';
import type { CallOptions } from '../../platform/ports/calls.js';
import type { FeatureGroup } from '../../platform/ports/features.js';
import type { ObjectEntry, ObjectReader } from '../../platform/ports/objects.js';
import { everyItem } from '../../platform/ports/pages.js';

/** How new a feature group's data is; null where it cannot be told, and `reason` says why. */
export interface Freshness {
  /** Time of its newest event, ISO 8601: to the second by the file's name, else to the hour by its partition. */
  newestEvent: string | null;
  /** When its newest file was written, ISO 8601. */
  newestFile: string | null;
  reason: string | null;
}

const partitions = ['year', 'month', 'day', 'hour'] as const;
/** Files of one partition that are looked at. */
const mostFiles = 5000;

/**
 * Follows the newest partition down and looks at its files: five listings, however large the group is. The offline store
 * names a file after its latest event (developer guide, "Feature Store offline store data format").
 */
export async function freshnessOf(
  objects: ObjectReader,
  { prefix }: Pick<FeatureGroup, 'prefix'>,
  options: CallOptions = {},
): Promise<Freshness> {
  if (prefix === undefined) return unknown('it has no offline store');
  try {
    return await newestBelow(objects, prefix, options);
  } catch (error) {
    // Who may not list the files is still told everything else of the group.
    if (error instanceof CancelledError || options.signal?.aborted) throw error;
    return unknown(messageOf(error));
  }
}

async function newestBelow(objects: ObjectReader, prefix: string, options: CallOptions): Promise<Freshness> {
  const { bucket, key: root } = placeOf(prefix);
  let key = root;
  const found: string[] = [];
  for (const part of partitions) {
    const { items } = await objects.list(key, { ...options, bucket, folders: true });
    const newest = items.filter((entry) => isPartition(entry, part)).at(-1);
    if (newest === undefined) {
      const isEmpty = items.length === 0;
      return unknown(
        isEmpty ? 'it has no files yet' : `its files lie in no ${part}= folders, so all would have to be read`,
      );
    }
    found.push(newest.key.slice(0, -1).split('=').at(-1)!);
    key = newest.key;
  }
  const [year, month, day, hour] = found;
  const files = await filesBelow(objects, key, { ...options, bucket });
  const events = files.flatMap(({ key: name }) => eventOf(name) ?? []).sort();
  const written = files.map(({ modifiedAt }) => modifiedAt).sort();
  return {
    newestEvent: events.at(-1) ?? `${year}-${month}-${day}T${hour}:00:00.000Z`,
    newestFile: written.at(-1) ?? null,
    reason: null,
  };
}

function unknown(reason: string): Freshness {
  return { newestEvent: null, newestFile: null, reason };
}

/** A group of somebody else may keep its files in another bucket. */
function placeOf(prefix: string): { bucket: string | undefined; key: string } {
  return parseS3Address(prefix) ?? { bucket: undefined, key: prefix };
}

function isPartition(entry: ObjectEntry, part: string): boolean {
  return entry.kind === 'folder' && new RegExp(`/${part}=\\d+/$`).test(entry.key);
}

async function filesBelow(objects: ObjectReader, prefix: string, options: CallOptions & { bucket?: string }) {
  const files: { key: string; modifiedAt: string }[] = [];
  for await (const entry of everyItem((page) => objects.list(prefix, { ...options, ...page }))) {
    if (entry.kind === 'object' && entry.key.endsWith('.parquet')) files.push(entry);
    if (files.length >= mostFiles) break;
  }
  return files;
}

/** `20261121T093105Z_….parquet` as ISO 8601. */
function eventOf(key: string): string | undefined {
  const [, ...parts] = /\/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z_[A-Za-z0-9]+\.parquet$/.exec(key) ?? [];
  if (parts.length < 6) return undefined;
  const [year, month, day, hour, minute, second] = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
}
