import type { BucketInfo } from '../../platform/ports/objects.js';
import { everyItem } from '../../platform/ports/pages.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';

/** Every bucket of the environment. */
export const listBuckets = reads('buckets.list', async ({ environment, signal }) => {
  const buckets: BucketInfo[] = [];
  for await (const item of everyItem((page) => environment.objects.buckets(page), { signal })) buckets.push(item);
  return answer('buckets', { buckets });
});
