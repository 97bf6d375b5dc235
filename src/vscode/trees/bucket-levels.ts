import { everyItem } from '../../platform/ports.js';
import { readSetting } from '../settings.js';
import type { Current } from '../session/session.js';
import { bucketItems, listingItems } from './buckets.js';
import { makeBucketPages } from './bucket-pages.js';
import { errorItems } from './error-items.js';
import type { Item } from './item.js';
import { makeRunVerdicts } from './run-verdicts.js';

export interface BucketLevels {
  /** The project's bucket opened up when it is the only one, else all buckets. */
  roots: (current: Current) => Promise<Item[]>;
  children: (current: Current, item: Item) => Promise<Item[]>;
  loadMore: (item: Item) => void;
  /** Only keys that begin so; empty: all. */
  filter: string;
  reset: () => void;
}

export function makeBucketLevels(): BucketLevels {
  const pages = makeBucketPages();
  const verdictsOf = makeRunVerdicts();
  const level = async ({ environment }: Current, bucket: string, prefix: string) => {
    const { entries, more } = await pages.entries(environment.objects, bucket, prefix);
    const verdicts = await verdictsOf(environment, bucket, entries);
    return listingItems({ bucket, prefix, entries, more, verdicts }, new Date());
  };
  return {
    filter: '',
    async roots(current) {
      const { bucket } = current.environment;
      if (this.filter !== '') return level(current, bucket, this.filter);
      const buckets = await bucketsOf(current);
      const alone = buckets.every(({ name }) => name === bucket);
      return alone ? level(current, bucket, '') : bucketItems(buckets, bucket);
    },
    async children(current, { id, target }) {
      if (target?.kind !== 'prefix') return [];
      try {
        return await level(current, target.bucket, target.key);
      } catch (error) {
        return errorItems(id, error, []);
      }
    },
    loadMore({ target }) {
      if (target?.kind === 'prefix') pages.loadMore(target.bucket, target.key);
    },
    reset() {
      this.filter = '';
      pages.reset();
    },
  };
}

/** All buckets, with those of the setting; whoever may not list buckets still sees the named ones. */
async function bucketsOf({ environment }: Current): Promise<{ name: string }[]> {
  const named = [environment.bucket, ...readSetting('buckets')].map((name) => ({ name }));
  const found: { name: string }[] = [];
  try {
    for await (const bucket of everyItem((page) => environment.objects.buckets(page))) found.push(bucket);
  } catch (error) {
    if (readSetting('buckets').length === 0) throw error;
  }
  const all = [...found, ...(environment.kind === 'aws' || found.length === 0 ? named : [])];
  return all.filter(({ name }, index) => all.findIndex((one) => one.name === name) === index);
}
