import { CancelledError, ExitCode, InputError, messageOf, WorkbenchError } from '../common/errors.js';
import type { Run, StageRecord } from '../documents/run.js';
import { stageReport } from './events.js';
import { saveRun } from './run-record.js';
import { runStage } from './run-stage.js';
import type { RunOptions, RunRequest, StageContext, StageOutcome } from './stage.js';

export type Place = Pick<StageContext, 'writers' | 'scratch' | 'now'>;

/** Runs the stages one after the other until one fails; writes what happened into `run` and to the bucket. */
export async function runStages(request: RunRequest, place: Place, run: Run): Promise<void> {
  for (const [index, stage] of request.stages.entries()) {
    const context: StageContext = { ...request, ...place, report: stageReport(stage.name, request.emit) };
    try {
      request.signal.throwIfAborted();
      const { record, outcome } = await runStage(stage, context, run, request.emit);
      run.stages[index] = record;
      if (outcome?.verdict !== undefined) run.verdict = outcome.verdict;
      await saveRun(place.writers.objects, run);
      stopOnDamage(outcome, request.options);
    } catch (error) {
      const record = run.stages[index]!;
      const cancelled = request.signal.aborted || error instanceof CancelledError;
      const failed: StageRecord = {
        ...record,
        status: record.status === 'succeeded' ? 'succeeded' : 'failed',
        reason: cancelled ? 'cancelled' : messageOf(error),
      };
      run.stages[index] = failed;
      run.status = cancelled ? 'cancelled' : 'failed';
      run.error = { message: cancelled ? 'cancelled' : messageOf(error), exitCode: exitCodeOf(error, cancelled) };
      request.emit({ type: 'stage-finished', at: new Date().toISOString(), record: failed });
      return;
    }
  }
  run.status = 'succeeded';
}

function exitCodeOf(error: unknown, cancelled: boolean): number {
  if (cancelled) return ExitCode.cancelled;
  return error instanceof WorkbenchError ? error.exitCode : ExitCode.broke;
}

function stopOnDamage(outcome: StageOutcome | undefined, options: RunOptions): void {
  const damage = outcome?.damage ?? [];
  if (damage.length === 0 || options.acceptPartial) return;
  throw new InputError(damage.join('\n'));
}
