import { collect } from '../../platform/ports/pages.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';
import { address } from './address.js';

export interface Below {
  /** A prefix, or `s3://bucket/prefix`. */
  prefix: string;
  /** Every key below, not one level. */
  recursive: boolean;
}

/** What lies under a prefix, sorted by key; `leftOut`: keys of links, which are not followed, and of what is no file. */
export const listObjects = reads(
  'buckets.list-objects',
  async ({ environment, signal }, { prefix, recursive }: Below) => {
    const at = address(prefix);
    const leftOut = new Set<string>();
    const passedOver = (key: string) => void leftOut.add(key);
    const options = { bucket: at.bucket, folders: !recursive, passedOver };
    const entries = await collect((page) => environment.objects.list(at.key, { ...page, ...options }), { signal });
    return answer('bucket-entries', {
      bucket: at.bucket ?? environment.bucket,
      prefix: at.key,
      entries,
      leftOut: [...leftOut],
    });
  },
);
