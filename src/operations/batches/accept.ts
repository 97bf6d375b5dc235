import { userInfo } from 'node:os';
import { acceptBatch as accept } from '../../pipeline/batches/accept-batch.js';
import { changes } from '../operation.js';

/** Lets the rows of a batch join the next training: the data grows by them, and the next run trains. */
export const acceptBatch = changes(
  'batches.accept',
  { purpose: ({ id }: { id: string }) => `accept batch ${id}` },
  (at, { id }) => accept(at, id, { at: new Date().toISOString(), by: userInfo().username }),
);
