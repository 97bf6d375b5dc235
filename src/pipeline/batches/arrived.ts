import { InputError, linesOfError } from '../../common/errors.js';
import type { Batch } from '../../documents/batch.js';
import type { StageContext, StageOutcome } from '../stage.js';
import { acceptWhenLabelled } from './accept-batch.js';
import { arrivingFiles, batchesOf } from './arriving-files.js';
import { outcomeOf } from './batch-stage.js';
import { bringBatch, hashOfBatch } from './bring-batch.js';
import type { GivenBatch } from './given-batch.js';
import { judgeBatch, type JudgedBatch } from './judge-batch.js';
import { listBatches, mustHaveBatch, writeBatch } from './stored-batches.js';

/**
 * Judges the files that arrived since the last time, in the order of their names; those that were judged before are known
 * by their bytes, and those whose judging failed are tried again. Undefined where there is none.
 * @throws InputError naming those that cannot be read, once the others are judged
 */
export async function judgeArrived(context: StageContext, modelVersion: string): Promise<StageOutcome | undefined> {
  const where = batchesOf(context.project.file);
  if (where === undefined) return undefined;
  const known = new Map((await listBatches(context.environment)).map((batch) => [batch.sha256, batch]));
  const judged: JudgedBatch[] = [];
  const wrong: string[] = [];
  for (const file of await arrivingFiles(context, where)) {
    context.signal.throwIfAborted();
    const given: GivenBatch = { files: [await file()], arrived: true };
    const hash = await hashOfBatch(given, context.signal);
    const before = known.get(hash);
    try {
      if (before === undefined || !isJudged(before)) {
        const batch = await bringBatch(context, given);
        judged.push(await judgeBatch(context, batch, modelVersion));
        known.set(hash, await mustHaveBatch(context.environment, batch.id));
        await acceptWhenLabelled(context, batch.id);
      } else if (before.arrived !== true) {
        // Judged by hand, before it arrived.
        await writeBatch(context.writers.objects, { ...before, arrived: true });
        await acceptWhenLabelled(context, before.id);
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      wrong.push(...linesOfError(error));
    }
  }
  const outcome = judged.length === 0 ? undefined : await outcomeOf(context, judged);
  if (wrong.length > 0) throw new InputError([`monitor.batches: what cannot be read is not judged:`, ...wrong]);
  return outcome;
}

const isJudged = ({ judged, failed }: Batch): boolean => judged.length > 0 && failed === undefined;
