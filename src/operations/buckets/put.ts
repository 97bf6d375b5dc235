import { answer } from '../answer.js';
import { changes } from '../operation.js';
import { ownKey } from './address.js';

export interface Upload {
  key: string;
  bytes: Uint8Array;
  /** Also over what somebody else wrote: only where a person named exactly this object. */
  takeOver: boolean;
}

/** Writes an object of the environment's own bucket. */
export const putObject = changes(
  'buckets.put',
  { purpose: ({ key }: Upload) => `put ${key}`, check: (_, { key }) => void ownKey(key) },
  async ({ writers, signal }, { key, bytes, takeOver }) => {
    await writers.objects.put(ownKey(key), bytes, { takeOver, signal });
    return answer('object-written', { key, bytes: bytes.length });
  },
);
