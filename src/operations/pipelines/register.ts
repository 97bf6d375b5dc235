import { anyChange } from '../../export/differences.js';
import { planPipeline, registerPipeline, type PipelinePlan } from '../../pipeline/account/register-pipeline.js';
import { mustBeReady } from '../../pipeline/account/ready.js';
import { mayRunPrograms } from '../../pipeline/program/may-run.js';
import { loadProject } from '../../project/load.js';
import { answer } from '../answer.js';
import { changes, reads } from '../operation.js';

/** What registering the project's pipeline would change. Its jobs run the project's SQL, so all of it has to be there. */
export const showRegistration = reads('pipelines.changes', async ({ project, environment, signal }) =>
  planPipeline(await loadProject(project.folder), environment, { signal }),
);

/** Carries out a plan that was shown; the same plan twice changes nothing. */
export const registerProjectPipeline = changes(
  'pipelines.register',
  {
    purpose: ({ name }: PipelinePlan) => `register pipeline ${name}`,
    async check({ project, environment, signal }, { name }) {
      mayRunPrograms(project);
      await mustBeReady(environment, { pipeline: name }, { signal });
    },
  },
  async ({ project, environment, signal }, plan) => {
    if (anyChange(plan.changes))
      await registerPipeline(await loadProject(project.folder), environment, plan, { signal });
    return registrationDocument(plan, anyChange(plan.changes));
  },
);

export function registrationDocument({ name, changes: all }: PipelinePlan, applied: boolean) {
  return answer('pipeline-registration', { name, applied, changes: all });
}
