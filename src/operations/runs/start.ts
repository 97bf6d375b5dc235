import { watchCancel } from '../../pipeline/cancel.js';
import { stagesIn } from '../../pipeline/jobs/as-job.js';
import { runPipeline } from '../../pipeline/runner.js';
import type { RunRequest } from '../../pipeline/stage.js';
import type { StageName } from '../../documents/run.js';
import { loadProject } from '../../project/load.js';
import { changes } from '../operation.js';

export interface RunWish extends Pick<RunRequest, 'options' | 'runId' | 'emit'> {
  stages: readonly StageName[];
}

/**
 * Runs stages in order and records what happened; a stage's failure is in the run that is returned. Ends on its signal,
 * and when somebody asks for that by the run's file.
 */
export const startRun = changes(
  'runs.start',
  {
    purpose: ({ stages }: RunWish) => `run ${stages.join(', ')}`,
    withoutLease: 'the run takes it itself, under its own id, by which windows find it again',
  },
  async ({ project, environment, signal }, { stages, ...wish }) => {
    // Stages are made of the project's SQL: from here on all of it has to be there.
    const whole = await loadProject(project.folder);
    const abort = new AbortController();
    const stop = () => abort.abort();
    signal.addEventListener('abort', stop);
    const unwatch = watchCancel(project.folder, wish.runId, stop);
    const all = stagesIn(whole, environment.name);
    try {
      const named = stages.map((name) => all[name]);
      return await runPipeline({ project: whole, environment, stages: named, ...wish, signal: abort.signal });
    } finally {
      unwatch();
      signal.removeEventListener('abort', stop);
    }
  },
);
