import { userInfo } from 'node:os';
import { InputError } from '../../common/errors.js';
import { recordInLedger } from '../../pipeline/ledger.js';
import { modelGroupName } from '../../project/names.js';
import type { ModelVersion } from '../../platform/ports/registry.js';
import { answer } from '../answer.js';
import { changes, type At } from '../operation.js';

export interface ModelDecision {
  /** The project's own without it. */
  group?: string;
  version: string;
  /** Why, for the ledger. */
  reason: string;
}

/** From then on `deploy` may serve the version. */
export const approveModel = decision('approve', 'Approved');
/** `deploy` never serves the version. */
export const rejectModel = decision('reject', 'Rejected');

function decision(what: 'approve' | 'reject', status: 'Approved' | 'Rejected') {
  return changes(
    `models.${what}`,
    {
      purpose: ({ version }: ModelDecision) => `${what} ${version}`,
      check: async (at, decision) => void (await mustFind(at, decision)),
    },
    async (at, decision) => {
      const { writers, signal } = at;
      const why = decision.reason;
      // Under the lease: a run may have decided meanwhile.
      const found = await mustFind(at, decision);
      await writers.registry.setStatus(found.group, found.version, status, why, { signal });
      const to = `${found.version} ${status}`;
      await recordInLedger(writers, { who: userInfo().username, what, why, from: found.status, to });
      return answer('model-version', { ...found, status });
    },
  );
}

async function mustFind({ project, environment }: At, { group, version }: ModelDecision): Promise<ModelVersion> {
  const own = group ?? modelGroupName(project.file.name);
  const found = await environment.registry.get(own, version);
  if (found === undefined) throw new InputError(`model: found no version "${version}" in ${own}`);
  return found;
}
