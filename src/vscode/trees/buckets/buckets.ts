import { sizeText } from '../../../common/size-text.js';
import type { Verdict } from '../../../documents/gates/verdict.js';
import type { ObjectEntry } from '../../../platform/ports/objects.js';
import { formatAge } from '../../../report/format/dates.js';
import { leftOutWords } from '../../../report/format/left-out.js';
import { formatCount } from '../../../report/format/numbers.js';
import { hasRows, isPreviewed } from '../../objects/previewed.js';
import { dotted, type Item } from '../../tree-item.js';

export interface Listing {
  bucket: string;
  /** What every entry's key begins with. */
  prefix: string;
  /** The key of the node that the entries stand below: `prefix` without what is searched. */
  key: string;
  entries: readonly ObjectEntry[];
  /** Whether it is the project's own bucket: only what lies there can be changed. */
  own: boolean;
  /** There is more than `entries`. */
  more: boolean;
  /** Keys of links and of what is no file, which are not listed. */
  leftOut: readonly string[];
  /** Of folders that hold monitoring results, by key. */
  verdicts?: ReadonlyMap<string, Verdict>;
}

interface Buckets {
  own: string;
  /** Those that are there only because the user named them. */
  added: readonly string[];
  /** Whether the own one is open from the start: where listing it costs nothing. */
  open: boolean;
}

export function bucketItems(names: readonly string[], { own, added, open }: Buckets): Item[] {
  return names.map((name) => ({
    id: `s3://${name}/`,
    label: name,
    icon: 'bucket',
    description: dotted(name === own && "this project's", added.includes(name) && 'added'),
    tooltip: `s3://${name}`,
    context: ['bucket', added.includes(name) && 'added', name === own && 'own'].filter(Boolean).join('+'),
    target: { kind: 'prefix', bucket: name, key: '' },
    lazy: true,
    expanded: open && name === own,
  }));
}

/** A node that says what is searched below it. */
export function searched(item: Item, text: string): Item {
  if (text === '') return item;
  const description = dotted(`begins with ${text}`, item.description);
  return { ...item, description, context: `${item.context}+searched`, expanded: true };
}

/** One level of a bucket, with a line for what is left out of it, and one to load more where there is more. */
export function listingItems(listing: Listing, now: Date): Item[] {
  const { bucket, prefix, key, entries, leftOut, more } = listing;
  const id = `s3://${bucket}/${key}`;
  const items = [...entries.map((entry) => entryItem(listing, entry, now)), ...leftOutItems(id, leftOut)];
  if (items.length === 0) {
    const label = prefix === key ? 'Nothing here' : `No key begins with ${prefix}`;
    return [{ id: `${id}#none`, label, icon: 'none' }];
  }
  if (!more) return items;
  const line: Item = {
    id: `${id}#more`,
    label: 'Load more',
    description: `${formatCount(entries.length)} shown, more available`,
    icon: 'more',
    click: 'mlops.loadMore',
  };
  return [...items, line];
}

function leftOutItems(id: string, keys: readonly string[]): Item[] {
  if (keys.length === 0) return [];
  const label = keys.length === 1 ? '1 link is left out' : `${formatCount(keys.length)} links are left out`;
  return [{ id: `${id}#left-out`, label, description: 'not followed', tooltip: leftOutWords(keys), icon: 'none' }];
}

function entryItem({ bucket, key: above, own, verdicts }: Listing, entry: ObjectEntry, now: Date): Item {
  const { key } = entry;
  const whose = own ? '+own' : '';
  const base = { id: `s3://${bucket}/${key}`, label: key.slice(above.length), tooltip: `s3://${bucket}/${key}` };
  if (entry.kind === 'folder') {
    const verdict = verdicts?.get(key);
    return {
      ...base,
      icon: verdict ?? 'folder',
      description: verdict,
      context: (verdict ? 'prefix+results' : 'prefix') + whose,
      target: { kind: 'prefix', bucket, key },
      lazy: true,
    };
  }
  return {
    ...base,
    icon: iconOf(key),
    description: dotted(sizeText(entry.size), formatAge(entry.modifiedAt, now)),
    context: (hasRows(key) ? 'object+rows' : 'object') + whose,
    target: { kind: 'object', bucket, key, size: entry.size },
    click: 'mlops.openObject',
  };
}

function iconOf(key: string): Item['icon'] {
  if (key.endsWith('.json')) return 'json';
  if (hasRows(key) || /\.(parquet|(csv|tsv|jsonl|ndjson)\.gz)$/i.test(key)) return 'table';
  return isPreviewed(key) ? 'archive' : 'file';
}
