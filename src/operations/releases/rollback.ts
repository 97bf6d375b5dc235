import { userInfo } from 'node:os';
import { InputError } from '../../common/errors.js';
import { oneOf } from '../../common/nearest.js';
import { keys } from '../../documents/keys.js';
import { mainVariant } from '../../pipeline/endpoints/main-variant.js';
import { servedApi } from '../../pipeline/endpoints/served-api.js';
import { holdingLease } from '../../pipeline/holding-lease.js';
import { recordInLedger } from '../../pipeline/ledger.js';
import { unfinishedRelease } from '../../pipeline/releasing/begin.js';
import { newestRelease } from '../../pipeline/releasing/stored.js';
import type { EndpointConfig, EndpointInfo } from '../../platform/ports/endpoints.js';
import { collect } from '../../platform/ports/pages.js';
import { releaseWay } from '../../project/endpoints.js';
import { modelGroupName } from '../../project/names.js';
import { answer } from '../answer.js';
import { changes, type At, type ChangingAt } from '../operation.js';
import { endUnfinished } from './stop.js';

export interface RollbackWish {
  /** Default: the one that served before. */
  version?: string;
  reason: string;
}

/**
 * Has an earlier version serve at once: any version of the model group. An unfinished release is ended first. What a person
 * goes back to is held: no run serves a newer version until a person approves or releases one.
 */
export const rollBack = changes(
  'releases.rollback',
  {
    purpose: ({ version }: RollbackWish) => `roll back to ${version ?? 'the version before'}`,
    destroys: ({ version }, { file }) => {
      const { name } = releaseWay(file).to;
      return { what: `have endpoint ${name} serve ${version ?? 'the version before'} again`, resource: name };
    },
    withoutLease: 'an unfinished release has to be ended first, and that holds the lease',
  },
  async (at, wish) => {
    const { name } = releaseWay(at.project.file).to;
    const unfinished = await unfinishedRelease(at, name);
    const ended = unfinished && (await endUnfinished(at, unfinished, wish.reason));
    // That is what going back means while a release is under way.
    if (ended !== undefined && (wish.version === undefined || wish.version === ended.from))
      return answer('rollback', { endpoint: name, from: ended.to, to: ended.from, why: wish.reason });
    const { writers, signal, progress } = at;
    return holdingLease(writers, `roll back ${name}`, { signal, onWait: progress }, () => goBack(at, name, wish));
  },
);

async function goBack(at: ChangingAt, endpoint: string, { version, reason }: RollbackWish) {
  const { environment, writers, project, signal } = at;
  const info = await environment.endpoints.describe(endpoint, { signal });
  if (info === undefined) throw new InputError(`rollback: there is no endpoint ${endpoint}`);
  const from = mainVariant(info.serving ?? info.config.variants)?.modelVersion ?? null;
  const to = version ?? (await versionBefore(at, info, from));
  await mustBeThere(at, to);
  if (to === from && info.serving?.length === 1) throw new InputError(`rollback: ${endpoint} serves ${to} already`);
  const config: EndpointConfig = {
    ...{ name: endpoint, group: info.config.group || modelGroupName(project.file.name), capture: info.config.capture },
    ...servedApi(at),
    ...{ notProven: false, variants: [{ name: 'AllTraffic', modelVersion: to, weight: 1 }] },
  };
  await writers.endpoints.deploy(config, { signal });
  const newest = await newestRelease(environment.objects, endpoint, { signal });
  await recordInLedger(writers, {
    ...{ who: userInfo().username, what: 'rollback', why: reason, from, to, outcome: 'rolled-back', trigger: endpoint },
    evidence: newest === undefined ? [keys.model(to)] : [keys.release(endpoint, newest.id), keys.model(to)],
  });
  return answer('rollback', { endpoint, from, to, why: reason });
}

/** What served before this version, by the releases on record or by the endpoint's own memory. */
async function versionBefore({ environment, signal }: At, info: EndpointInfo, serves: string | null): Promise<string> {
  const newest = await newestRelease(environment.objects, info.name, { signal });
  const released = newest?.outcome === 'promoted' && newest.to === serves ? newest.from : null;
  const remembered = info.previous?.variants.find(({ modelVersion }) => modelVersion !== serves)?.modelVersion;
  const before = released ?? remembered;
  if (before !== undefined) return before;
  throw new InputError(
    `rollback: nothing says what served ${info.name} before ${serves ?? 'now'}; say the version to go back to`,
  );
}

async function mustBeThere({ project, environment, signal }: At, version: string): Promise<void> {
  const group = modelGroupName(project.file.name);
  const found = await environment.registry.get(group, version, { signal });
  if (found !== undefined) return;
  const there = await collect((page) => environment.registry.list(group, page), { signal });
  throw new InputError(
    `rollback: found no version "${version}" in ${group}, expected ${oneOf(
      version,
      there.map((one) => one.version),
    )}`,
  );
}
