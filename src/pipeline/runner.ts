import { setMaxListeners } from 'node:events';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { insideState, stateFolder } from '../common/inside.js';
import type { Run } from '../documents/run.js';
import { mustBeReady } from './account/ready.js';
import type { Intent } from '../platform/ports/intents.js';
import { takeLease, thenReleasing } from './holding-lease.js';
import { closeInterrupted, leasePurpose, newRun, saveRun } from './run-record.js';
import { runStages } from './run-stages.js';
import { sourceCommit } from './source-commit.js';
import type { RunRequest } from './stage.js';

/**
 * Runs stages in order under the project's lease and records what happened.
 * Never throws for a stage's failure: that is in the returned run. Throws what prevents a run from starting
 * (RefusedError of the guard or for property of others, InputError for what has to be set first, CancelledError while waiting for the lease).
 */
export async function runPipeline(request: RunRequest): Promise<Run> {
  // A file that is fetched listens, and a hundred may be fetched.
  setMaxListeners(0, request.signal);
  const { environment, project, emit } = request;
  const writers = environment.writers('run the pipeline');
  await mustBeReady(environment, await intentOf(request), { signal: request.signal });
  const lease = await takeLease(writers, leasePurpose(request.runId), {
    signal: request.signal,
    onWait: (text) => say(emit, 'info', text),
  });
  return thenReleasing(
    lease,
    (text) => say(emit, 'warning', text),
    async () => {
      const now = request.now ?? new Date();
      const closed = await closeInterrupted(environment, writers.objects, now);
      for (const id of closed) say(emit, 'warning', `run ${id} was interrupted; this run takes up what it left`);
      const scratch = cleanScratch(project.folder, environment.name, request.runId);
      const names = request.stages.map((stage) => stage.name);
      const source = await sourceCommit(project.folder, request.signal);
      const run = newRun(request.runId, project.file.name, environment.name, names, now);
      if (source !== undefined) run.source = { ...source };
      const by = accountName();
      if (by !== undefined) run.by = by;
      emit({ type: 'run-started', at: now.toISOString(), id: run.id, pid: process.pid, stages: names });
      await saveRun(writers.objects, run);
      await runStages(request, { writers, scratch, now }, run);
      run.finishedAt = new Date().toISOString();
      await saveRun(writers.objects, run);
      rmSync(scratch, { recursive: true, force: true });
      emit({ type: 'run-finished', at: run.finishedAt, run });
      return run;
    },
  );
}

/** In a container the user may have a number and no name. */
function accountName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}

async function intentOf(request: RunRequest): Promise<Intent> {
  const names = request.stages.map(({ name }) => name);
  const intents: Intent[] = [];
  for (const stage of request.stages) if (stage.intends) intents.push(await stage.intends(request, names));
  return Object.assign({}, ...intents) as Intent;
}

/**
 * Only the lease holder gets here, so whatever the environment has in the scratch folder was left by a dead run. Other
 * environments have leases of their own, under which another run may be at work.
 */
function cleanScratch(projectFolder: string, environment: string, runId: string): string {
  const root = insideState(join(projectFolder, stateFolder, 'scratch'));
  mkdirSync(root, { recursive: true });
  for (const left of readdirSync(root))
    if (left.startsWith(`${environment}.`)) rmSync(join(root, left), { recursive: true, force: true });
  const scratch = join(root, `${environment}.${runId}`);
  mkdirSync(scratch);
  return scratch;
}

function say(emit: RunRequest['emit'], level: 'info' | 'warning' | 'error', text: string): void {
  emit({ type: 'message', at: new Date().toISOString(), stage: null, level, text });
}
