import { errorFrom } from '../../documents/errors/error-about.js';
import type { MonitoringResults } from '../../documents/monitoring.js';
import type { RunEvent } from '../../documents/run.js';
import { runPipeline } from '../../pipeline/runner.js';
import { nextRunId } from '../../pipeline/run-record.js';
import type { Stage } from '../../pipeline/stage.js';
import { mustHaveResults } from '../../pipeline/stored-results.js';
import { loadProject } from '../../project/load.js';
import type { ChangingAt } from '../operation.js';

/** Told what happens, under the id of the run that does it. */
export type Emit = (runId: string) => (event: RunEvent) => void;

/** A stage that stands beside the pipeline, as a run of its own; the results that it wrote. @throws what it failed with */
export async function runAside(
  { project, environment, signal }: ChangingAt,
  stage: Stage,
  emit: Emit,
): Promise<MonitoringResults[]> {
  const whole = await loadProject(project.folder);
  const runId = await nextRunId(environment, new Date());
  const options = { sources: {}, force: false, acceptPartial: false, forceRetrain: false, forceSkipRetrain: false };
  const run = await runPipeline({
    ...{ project: whole, environment, stages: [stage], runId, emit: emit(runId), signal },
    options: { ...options, reason: null },
  });
  if (run.error != null) throw errorFrom(run.error);
  const results: MonitoringResults[] = [];
  for (const { uri } of run.stages[0]!.outputs) results.push((await mustHaveResults(environment, uri)).results);
  return results;
}
