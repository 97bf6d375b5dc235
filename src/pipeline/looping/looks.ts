import type { Run, RunEvent, StageName } from '../../documents/run.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { Project } from '../../project/schema.js';
import { eventFile } from '../events.js';
import { stagesIn } from '../jobs/as-job.js';
import { nextRunId } from '../run-record.js';
import { runPipeline } from '../runner.js';
import type { RunOptions, Stage } from '../stage.js';

/** Where the loop looks: the project as it is written now, and when that is. */
export interface Looking {
  project: Project;
  environment: Environment;
  now: Date;
  signal: AbortSignal;
}

const usual: RunOptions = {
  ...{ sources: {}, force: false, acceptPartial: false, forceRetrain: false, forceSkipRetrain: false },
  reason: null,
};

/** Stages as one run that windows find, like any other. */
export async function runNow(
  { project, environment, now, signal }: Looking,
  stages: readonly (StageName | Stage)[],
  { runId, ...options }: Partial<RunOptions> & { runId?: string } = {},
): Promise<Run> {
  const id = runId ?? (await nextRunId(environment, now));
  const record = eventFile(project.folder, id);
  const emit = (event: RunEvent) => record(event);
  const all = stagesIn(project, environment.name);
  const named = stages.map((stage) => (typeof stage === 'string' ? all[stage] : stage));
  return runPipeline({
    project,
    environment,
    stages: named,
    runId: id,
    options: { ...usual, ...options },
    signal,
    emit,
    now,
  });
}
