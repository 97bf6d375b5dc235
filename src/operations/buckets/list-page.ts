import { reads } from '../operation.js';

interface PageOf {
  bucket: string;
  prefix: string;
  /** Where the last page ended. */
  token?: string;
  limit: number;
}

/** One page of one level of a bucket; `leftOut`: keys of links, which are not followed, and of what is no file. */
export const listPage = reads('buckets.list-page', async ({ environment, signal }, { prefix, ...page }: PageOf) => {
  const leftOut: string[] = [];
  const passedOver = (key: string) => void leftOut.push(key);
  const { items, next } = await environment.objects.list(prefix, { ...page, folders: true, passedOver, signal });
  return { entries: items, next, leftOut };
});
