import { collect } from '../../platform/ports/pages.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';

/** Every bucket of the environment. */
export const listBuckets = reads('buckets.list', async ({ environment, signal }) => {
  const buckets = await collect((page) => environment.objects.buckets(page), { signal });
  return answer('buckets', { buckets });
});
