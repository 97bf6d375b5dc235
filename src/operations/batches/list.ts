import { listBatches as storedBatches, mustHaveBatch } from '../../pipeline/batches/stored-batches.js';
import { answer } from '../answer.js';
import { reads } from '../operation.js';

/** Every batch that was brought here, in the order of their times. */
export const listBatches = reads('batches.list', async ({ environment }) =>
  answer('batches', { batches: await storedBatches(environment) }),
);

/** One batch, and what was said of it. @throws InputError for one that there is not */
export const showBatch = reads('batches.show', ({ environment }, { id }: { id: string }) =>
  mustHaveBatch(environment, id),
);
