import { carryOut, mustBeApplicable, planApply, type ApplyPlan } from '../../pipeline/account/apply.js';
import { dataStays } from '../../platform/permissions/guard.js';
import { answer } from '../answer.js';
import { changes, reads } from '../operation.js';

/** What would make alarms, dashboards and lifecycle rules what mlops.json asks for. */
export const showChanges = reads('account.changes', ({ project, environment, signal }) =>
  planApply(project, environment, { signal }),
);

/** Carries out a plan that was shown. */
export const applyChanges = changes(
  'account.apply',
  {
    purpose: ({ project }: { project: string; plan: ApplyPlan }) => `apply ${project}`,
    destroys: ({ project }) => ({
      what: `apply ${project}`,
      resource: project,
      askLocally: 'always',
      left: dataStays,
    }),
    check: ({ environment, signal }, { plan }) => mustBeApplicable(plan, environment, { signal }),
  },
  async ({ writers, signal }, { plan }) => {
    await carryOut(plan, writers, { signal });
    return applyDocument(plan, true);
  },
);

export function applyDocument({ alarms, dashboards, lifecycle }: ApplyPlan, applied: boolean) {
  return answer('apply', { applied, alarms, dashboards, lifecycle });
}
