import { NoSuchObject } from '../../common/errors.js';
import { isThere } from '../../common/files.js';
import type { Batch } from '../../documents/batch.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import { batchStage } from '../../pipeline/batches/batch-stage.js';
import { hashOfBatch, nameOfBatch } from '../../pipeline/batches/bring-batch.js';
import type { GivenBatch } from '../../pipeline/batches/given-batch.js';
import { mustHaveVersion } from '../../pipeline/batches/judging-version.js';
import { listBatches } from '../../pipeline/batches/stored-batches.js';
import { mustHaveResults } from '../../pipeline/stored-results.js';
import { changes } from '../operation.js';
import { runAside, type Emit } from './run-aside.js';

export interface JudgeWish {
  batches: readonly GivenBatch[];
  /** Default: the version that is served. */
  modelVersion?: string;
  /** Also what was judged before. */
  again: boolean;
  /** Told what happens, under the id of the run that does it. */
  emit: Emit;
}

/**
 * Judges rows that were brought, batch after batch: each is a run, and its verdict a verdict like any other. Nothing is
 * trained, and no feature group changes. A batch that this version judged before is known by its bytes, and answered
 * with what was said then.
 */
export const judgeBatches = changes(
  'batches.judge',
  {
    purpose: ({ batches }: JudgeWish) => `judge ${batches.map(nameOfBatch).join(', ')}`,
    withoutLease: 'each run takes it itself, under its own id, by which windows find it again',
    check: (_, { batches }) => filesAreThere(batches),
  },
  async (at, { batches, modelVersion, again, emit }): Promise<MonitoringResults[]> => {
    const version = await mustHaveVersion(at, modelVersion);
    const results: MonitoringResults[] = [];
    for (const given of batches) {
      at.signal.throwIfAborted();
      const hash = await hashOfBatch(given, at.signal);
      const known = (await listBatches(at.environment)).find(({ sha256 }) => sha256 === hash);
      const before = known?.judged.findLast((one) => one.modelVersion === version);
      if (known !== undefined && before !== undefined && !known.failed && !again) {
        at.warn(saidBefore(given, known, before));
        results.push((await mustHaveResults(at.environment, before.results)).results);
        continue;
      }
      const stage = batchStage({ batch: again ? given : (known ?? given), modelVersion: version });
      results.push(...(await runAside(at, stage, emit)));
    }
    return results;
  },
);

function saidBefore(
  given: GivenBatch,
  { id, name }: Batch,
  { verdict, modelVersion }: Batch['judged'][number],
): string {
  const own = nameOfBatch(given);
  const as = own === name ? '' : `, as ${name}`;
  return `${own} was judged before${as} (batch ${id}, by ${modelVersion}): ${verdict}; to judge it again: --again`;
}

async function filesAreThere(batches: readonly GivenBatch[]): Promise<void> {
  for (const { path } of batches.flatMap(({ files }) => files))
    if (!(await isThere(path))) throw new NoSuchObject(`judge: found no file ${path}, expected a table`, path);
}
