import type { BucketInfo, ObjectEntry } from '../../platform/ports.js';
import type { Verdict } from '../../documents/verdict.js';
import { formatAge } from '../../report/dates.js';
import { formatCount } from '../../report/numbers.js';
import { sizeText } from '../../common/size-text.js';
import { dotted, type Item } from './item.js';

export interface Listing {
  bucket: string;
  prefix: string;
  entries: readonly ObjectEntry[];
  /** There is more than `entries`. */
  more: boolean;
  /** Of folders that hold monitoring results, by key. */
  verdicts?: ReadonlyMap<string, Verdict>;
}

export function bucketItems(buckets: readonly BucketInfo[], own: string): Item[] {
  return buckets.map(({ name }) => ({
    id: `s3://${name}/`,
    label: name,
    icon: 'bucket',
    description: name === own ? "this project's" : '',
    context: 'bucket',
    target: { kind: 'prefix', bucket: name, key: '' },
    lazy: true,
    expanded: name === own,
  }));
}

/** One level of a bucket, with a line to load more where there is more. */
export function listingItems(listing: Listing, now: Date): Item[] {
  const items = listing.entries.map((entry) => entryItem(listing, entry, now));
  if (!listing.more) return items;
  const { bucket, prefix } = listing;
  const more: Item = {
    id: `s3://${bucket}/${prefix}#more`,
    label: `Load more (${formatCount(items.length)} of many)`,
    icon: 'more',
    target: { kind: 'prefix', bucket, key: prefix },
    click: 'mlops.loadMore',
  };
  return [...items, more];
}

function entryItem({ bucket, prefix, verdicts }: Listing, entry: ObjectEntry, now: Date): Item {
  const { key } = entry;
  const base = {
    id: `s3://${bucket}/${key}`,
    label: key.slice(prefix.lastIndexOf('/') + 1),
    tooltip: `s3://${bucket}/${key}`,
  };
  if (entry.kind === 'folder') {
    const verdict = verdicts?.get(key);
    return {
      ...base,
      icon: verdict ?? 'folder',
      description: verdict,
      context: verdict ? 'prefix+results' : 'prefix',
      target: { kind: 'prefix', bucket, key },
      lazy: true,
    };
  }
  return {
    ...base,
    icon: key.endsWith('.json') ? 'json' : 'file',
    description: dotted(sizeText(entry.size), formatAge(entry.modifiedAt, now)),
    context: 'object',
    target: { kind: 'object', bucket, key, size: entry.size },
    click: 'mlops.openObject',
  };
}
