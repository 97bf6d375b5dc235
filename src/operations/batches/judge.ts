import { NoSuchObject } from '../../common/errors.js';
import { isThere } from '../../common/files.js';
import { errorFrom } from '../../documents/errors/error-about.js';
import type { Batch } from '../../documents/batch.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import type { RunEvent } from '../../documents/run.js';
import { batchStage, type BatchToJudge } from '../../pipeline/batches/batch-stage.js';
import { hashOfBatch, nameOfBatch } from '../../pipeline/batches/bring-batch.js';
import type { GivenBatch } from '../../pipeline/batches/given-batch.js';
import { mustHaveVersion } from '../../pipeline/batches/judging-version.js';
import { listBatches } from '../../pipeline/batches/stored-batches.js';
import { runPipeline } from '../../pipeline/runner.js';
import { nextRunId } from '../../pipeline/run-record.js';
import { mustHaveResults } from '../../pipeline/stored-results.js';
import { loadProject } from '../../project/load.js';
import { changes, type ChangingAt } from '../operation.js';

export interface JudgeWish {
  batches: readonly GivenBatch[];
  /** Default: the version that is served. */
  modelVersion?: string;
  /** Also what was judged before. */
  again: boolean;
  /** Told what happens, under the id of the run that does it. */
  emit: (runId: string) => (event: RunEvent) => void;
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
      if (known !== undefined && before !== undefined && !again) {
        at.warn(saidBefore(given, known, before));
        results.push((await mustHaveResults(at.environment, before.results)).results);
        continue;
      }
      results.push(await runBatch(at, { batch: known ?? given, modelVersion: version }, emit));
    }
    return results;
  },
);

/** One batch, as a run of its own. @throws what the run failed with */
export async function runBatch(
  { project, environment, signal }: ChangingAt,
  asked: BatchToJudge,
  emit: JudgeWish['emit'],
): Promise<MonitoringResults> {
  const whole = await loadProject(project.folder);
  const runId = await nextRunId(environment, new Date());
  const options = { sources: {}, force: false, acceptPartial: false, forceRetrain: false, forceSkipRetrain: false };
  const run = await runPipeline({
    ...{ project: whole, environment, stages: [batchStage(asked)], runId, emit: emit(runId), signal },
    options: { ...options, reason: null },
  });
  if (run.error != null) throw errorFrom(run.error);
  return (await mustHaveResults(environment, run.stages[0]!.outputs[0]!.uri)).results;
}

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
