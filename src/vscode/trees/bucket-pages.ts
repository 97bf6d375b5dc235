import type { ObjectEntry, ObjectReader } from '../../platform/ports.js';

const pageSize = 100;

export interface BucketPages {
  /** What has been loaded of one level: at first its first page, after a refresh as many pages as before. */
  entries: (
    objects: ObjectReader,
    bucket: string,
    prefix: string,
  ) => Promise<{ entries: ObjectEntry[]; more: boolean }>;
  /** Lets the next look at a level show one page more. */
  loadMore: (bucket: string, prefix: string) => void;
  reset: () => void;
}

/** Remembers how many pages of each level somebody asked to see; what is in them is read anew each time. */
export function makeBucketPages(): BucketPages {
  const wanted = new Map<string, number>();
  const keyOf = (bucket: string, prefix: string) => `${bucket}/${prefix}`;
  return {
    async entries(objects, bucket, prefix) {
      const entries: ObjectEntry[] = [];
      let token: string | undefined;
      for (let page = wanted.get(keyOf(bucket, prefix)) ?? 1; page > 0; page--) {
        const found = await objects.list(prefix, { bucket, folders: true, limit: pageSize, token });
        entries.push(...found.items);
        token = found.next;
        if (token === undefined) break;
      }
      return { entries, more: token !== undefined };
    },
    loadMore(bucket, prefix) {
      const key = keyOf(bucket, prefix);
      wanted.set(key, (wanted.get(key) ?? 1) + 1);
    },
    reset: () => wanted.clear(),
  };
}
