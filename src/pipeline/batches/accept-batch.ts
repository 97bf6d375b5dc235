import { RefusedError } from '../../common/errors.js';
import type { Batch } from '../../documents/batch.js';
import type { Environment, Writers } from '../../platform/ports/environment.js';
import type { StageContext } from '../stage.js';
import { mustHaveBatch, writeBatch } from './stored-batches.js';

/**
 * Lets the rows of a batch join the data of the next training. They keep their record ids, by which the version that
 * learns from them is never judged on them.
 * @throws RefusedError for a batch without a label: there is nothing to learn from it
 */
export async function acceptBatch(
  place: { environment: Pick<Environment, 'objects'>; writers: Pick<Writers, 'objects'> },
  id: string,
  { at, by }: { at: string; by: string },
): Promise<Batch> {
  const batch = await mustHaveBatch(place.environment, id);
  if (batch.accepted !== null) return batch;
  if (batch.labelled === 0)
    throw new RefusedError(
      `batch ${id}: found no label, expected some to learn from; add them with: mlops labels add FILE`,
    );
  const accepted = { ...batch, accepted: { at, by } };
  await writeBatch(place.writers.objects, accepted);
  return accepted;
}

/** Where the project says `"train": "when-labelled"`, or half of it, what arrived joins as soon as every row has its label. */
export async function acceptWhenLabelled(context: StageContext, id: string): Promise<void> {
  const { batches } = context.project.file.monitor;
  if (typeof batches !== 'object' || batches.train === 'never') return;
  const batch = await mustHaveBatch(context.environment, id);
  if (batch.arrived !== true || batch.labelled < batch.rows || batch.accepted !== null) return;
  await acceptBatch(context, id, { at: context.now.toISOString(), by: `run ${context.runId}` });
  context.report.message('info', `${batch.name} has all its labels: its rows join the next training`);
}
