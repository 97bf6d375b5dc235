import { userInfo } from 'node:os';
import { InputError } from '../../common/errors.js';
import type { ReleaseDocument } from '../../documents/releases/release.js';
import { unfinishedRelease } from '../../pipeline/releasing/begin.js';
import { wallClock } from '../../pipeline/releasing/clock.js';
import { endRelease } from '../../pipeline/releasing/drive.js';
import { readRelease, requestStop } from '../../pipeline/releasing/stored.js';
import { holdingLease } from '../../pipeline/holding-lease.js';
import { releaseWay } from '../../project/endpoints.js';
import { changes, type At, type ChangingAt } from '../operation.js';

export interface ReleaseStopping {
  reason: string;
}

const itself = 'it asks whoever drives the release to end it, and takes the lease only after that';

/** Takes an unfinished release back: whoever drives it does, on whatever machine; where nobody does, this process. */
export const stopRelease = changes(
  'releases.stop',
  {
    purpose: () => 'stop the release',
    withoutLease: itself,
    check: async (at) => void (await mustBeUnfinished(at)),
  },
  async (at, { reason }: ReleaseStopping) => endUnfinished(at, await mustBeUnfinished(at), reason),
);

/** Asks for the end of a release and waits for it. */
export async function endUnfinished(at: ChangingAt, release: ReleaseDocument, why: string): Promise<ReleaseDocument> {
  const { writers, environment, signal, progress } = at;
  const by = userInfo().username;
  await requestStop(writers.objects, release, { at: new Date().toISOString(), by, why });
  progress(`asked for the end of release ${release.id} of ${release.to}`);
  return holdingLease(writers, 'release rolling back', { signal, onWait: progress }, async () => {
    const found = await readRelease(environment.objects, release.endpoint, release.id, { signal });
    if (found === undefined || found.phase === 'ended') return found ?? release;
    const { project } = at;
    return endRelease({ project, environment, writers, signal, tell: progress, clock: wallClock }, found, { why, by });
  });
}

async function mustBeUnfinished(at: At): Promise<ReleaseDocument> {
  const { name } = releaseWay(at.project.file).to;
  const unfinished = await unfinishedRelease(at, name);
  if (unfinished !== undefined) return unfinished;
  throw new InputError(
    `release: found none under way on ${name}; to go back to an earlier version: mlops release rollback`,
  );
}
