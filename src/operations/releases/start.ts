import { userInfo } from 'node:os';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { deployTarget } from '../../pipeline/deploy-target.js';
import { mainVariant } from '../../pipeline/endpoints/main-variant.js';
import { release, unfinishedRelease } from '../../pipeline/releasing/begin.js';
import { wallClock } from '../../pipeline/releasing/clock.js';
import { collect } from '../../platform/ports/pages.js';
import type { ModelVersion } from '../../platform/ports/registry.js';
import { releaseWay } from '../../project/endpoints.js';
import { modelGroupName } from '../../project/names.js';
import { changes, type At } from '../operation.js';

export interface ReleaseStart {
  /** Default: what serves where it proves itself; on one endpoint the newest approved version. */
  version?: string;
  /** For the ledger. */
  reason: string;
}

/**
 * Takes a version to an endpoint: the admission gate, then step by step, each watched; taken back by itself when something
 * goes wrong. One that was interrupted is taken up where it stood. Its document says how it ended.
 */
export const startRelease = changes(
  'releases.start',
  {
    purpose: ({ version }: ReleaseStart) => `release ${version ?? 'a version'}`,
    destroys: ({ version }, { file }) => {
      const { name } = releaseWay(file).to;
      return { what: `release ${version ?? 'a version'} to endpoint ${name}`, resource: name };
    },
    check: async (at, wish) => void (await chosen(at, wish)),
  },
  async (at, wish) => {
    const { project, environment, writers, signal, progress: tell } = at;
    // Under the lease: a run may have trained or approved meanwhile.
    const model = await chosen(at, wish);
    const { to } = releaseWay(project.file);
    const done = await release(
      { project, environment, writers, signal, tell, clock: wallClock },
      {
        ...{ endpoint: to, group: model.group, version: model.version },
        ...{ by: userInfo().username, automatic: false, why: wish.reason },
      },
    );
    return done.kind === 'refused' ? done.admission : done.release;
  },
);

/** The version that is meant. @throws InputError for one that is not there, or that nobody approved */
async function chosen(at: At, { version }: ReleaseStart): Promise<ModelVersion> {
  const { project, environment, signal } = at;
  const group = modelGroupName(project.file.name);
  const { from, to } = releaseWay(project.file);
  const unfinished = await unfinishedRelease(at, to.name);
  const wanted = version ?? unfinished?.to ?? (await proven(at, from?.name));
  const found = await environment.registry.get(group, wanted, { signal });
  if (found === undefined) {
    const there = await collect((page) => environment.registry.list(group, page), { signal });
    const names = there.map((one) => one.version);
    throw new InputError(`release: found no version "${wanted}" in ${group}, expected ${oneOf(wanted, names)}`);
  }
  if (found.status !== 'Approved' && unfinished?.to !== wanted)
    throw new InputError(
      `release: ${wanted} is ${found.status}, expected an approved version; approve it with: mlops model approve ${wanted}`,
    );
  return found;
}

async function proven({ project, environment, signal }: At, from: string | undefined): Promise<string> {
  if (from === undefined) {
    const target = await deployTarget({ project, environment });
    // What is held serves already: a person who goes on says with which.
    if (target?.held !== undefined)
      throw new InputError(
        `release: ${target.held.instead ?? 'a version'} was taken back (${target.held.why}); say which version to release`,
      );
    if (target?.proven) return target.model.version;
    throw new InputError('release: found no approved version; approve one with: mlops model approve');
  }
  const info = await environment.endpoints.describe(from, { signal });
  const served = mainVariant(info?.serving ?? [])?.modelVersion;
  if (served !== undefined) return served;
  throw new InputError(`release: ${from} serves nothing that could be released; run: mlops run deploy`);
}
