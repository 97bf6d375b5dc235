import { CancelledError, ExitCode, InputError, messageOf } from '../common/errors.js';
import { plainError } from '../documents/errors/error-about.js';
import type { Run, StageRecord } from '../documents/run.js';
import { stageReport } from './events.js';
import { saveRun } from './run-record.js';
import { rememberFailure, runStage } from './run-stage.js';
import type { RunRequest, StageContext } from './stage.js';

export type Place = Pick<StageContext, 'writers' | 'scratch' | 'now'>;

/** Runs the stages one after the other until one fails; writes what happened into `run` and to the bucket. */
export async function runStages(request: RunRequest, place: Place, run: Run): Promise<void> {
  const finish = (index: number, record: StageRecord) => {
    run.stages[index] = record;
    request.emit({ type: 'stage-finished', at: new Date().toISOString(), record });
  };
  const planned = request.stages.map(({ name }) => name);
  for (const [index, stage] of request.stages.entries()) {
    const context: StageContext = { ...request, ...place, planned, report: stageReport(stage.name, request.emit) };
    let done: StageRecord = run.stages[index]!;
    try {
      request.signal.throwIfAborted();
      const { record, outcome, verdict } = await runStage(stage, context, request.emit);
      done = record;
      if (verdict !== undefined) run.verdict = verdict;
      askAboutDamage(outcome?.damage ?? [], context);
      run.stages[index] = record;
      await saveRun(place.writers.objects, run);
    } catch (error) {
      const cancelled = request.signal.aborted || error instanceof CancelledError;
      const reason = cancelled ? 'cancelled' : messageOf(error);
      run.status = cancelled ? 'cancelled' : 'failed';
      run.error = cancelled ? { message: reason, exitCode: ExitCode.cancelled } : plainError(error);
      const at = new Date().toISOString();
      const failure = { runId: run.id, at, reason, status: run.status };
      if (!stage.aside) await rememberFailure(request.environment, place.writers.objects, stage.name, failure);
      finish(index, { ...done, status: 'failed', reason });
      return;
    }
    finish(index, done);
  }
  run.status = 'succeeded';
}

/** Damaged input stops the run after the stage that met it, unless its user goes on without that part. */
function askAboutDamage(damage: string[], { options, report }: StageContext): void {
  if (damage.length === 0) return;
  if (!options.acceptPartial) throw new InputError(damage);
  for (const line of damage) report.message('warning', `left out: ${line}`);
}
