import { userInfo } from 'node:os';
import { InputError } from '../../common/errors.js';
import { recordInLedger } from '../../pipeline/ledger.js';
import { modelGroup } from '../../pipeline/training/version.js';
import type { ModelVersion } from '../../platform/ports/registry.js';
import { answer } from '../answer.js';
import { changes, type At } from '../operation.js';

export interface ModelDecision {
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
      check: async (at, { version }) => void (await mustFind(at, version)),
    },
    async (at, { version, reason: why }) => {
      const { writers, signal } = at;
      // Under the lease: a run may have decided meanwhile.
      const found = await mustFind(at, version);
      await writers.registry.setStatus(found.group, found.version, status, why, { signal });
      const to = `${found.version} ${status}`;
      await recordInLedger(writers, { who: userInfo().username, what, why, from: found.status, to });
      return answer('model-version', { ...found, status });
    },
  );
}

async function mustFind({ project, environment }: At, version: string): Promise<ModelVersion> {
  const group = modelGroup(project.file.name);
  const found = await environment.registry.get(group, version);
  if (found === undefined) throw new InputError(`model: found no version "${version}" in ${group}`);
  return found;
}
