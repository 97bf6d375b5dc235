import { errorFrom } from '../../documents/errors/error-about.js';
import type { RunEvent } from '../../documents/run.js';
import { registerStage } from '../../pipeline/registering/register-stage.js';
import type { RegisterWish } from '../../pipeline/registering/wish.js';
import { nextRunId } from '../../pipeline/run-record.js';
import { runPipeline } from '../../pipeline/runner.js';
import { loadProject } from '../../project/load.js';
import { modelGroupName } from '../../project/names.js';
import { answer } from '../answer.js';
import { changes } from '../operation.js';

export interface RegisterRequest extends RegisterWish {
  /** Told what happens, under the id of the run that does it. */
  emit: (runId: string) => (event: RunEvent) => void;
}

/**
 * Makes a version of a model that was trained elsewhere: evaluated on rows with labels, with baselines of its own, and
 * approved, rejected or pending by the project's gates like any other.
 * @throws UntrustedCommand for a serving command that its user has not allowed in this folder
 */
export const registerModel = changes(
  'models.register',
  {
    purpose: ({ from }: RegisterRequest) =>
      `register ${from.kind === 'file' ? from.path : from.kind === 'command' ? from.text : from.uri}`,
    withoutLease: 'its run takes it itself, under its own id, by which windows find it again',
  },
  async ({ project, environment, signal }, { emit, ...wish }) => {
    const whole = await loadProject(project.folder);
    const runId = await nextRunId(environment, new Date());
    const options = { sources: {}, force: false, acceptPartial: false, forceRetrain: false, forceSkipRetrain: false };
    const run = await runPipeline({
      ...{ project: whole, environment, stages: [registerStage(wish)], runId, emit: emit(runId), signal },
      options: { ...options, reason: null },
    });
    if (run.error != null) throw errorFrom(run.error);
    const version = String(run.stages[0]!.figures.modelVersion);
    const group = modelGroupName(whole.file.name);
    return answer('model-version', { ...(await environment.registry.get(group, version))! });
  },
);
