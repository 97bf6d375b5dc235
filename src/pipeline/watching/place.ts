import { hostname } from 'node:os';
import { join } from 'node:path';
import { holderOfClaim, livesHere, releaseClaim, tryClaim, type Claim, type ClaimFile } from '../../common/claim.js';
import { RefusedError } from '../../common/errors.js';
import { insideState, stateFolder } from '../../common/inside.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { Project } from '../../project/schema.js';

/** Whose watcher it is: one of a project and an environment. */
export interface Watched {
  project: Pick<Project, 'folder'>;
  environment: Pick<Environment, 'name'>;
}

/** What a window's watcher says it is for: that window tells of alarms, so no other need. */
export const windowWatches = 'watch in a window';

/** Where the watcher of an environment keeps what it knows: always on this machine, also for an account. */
export function watchingPlace({ project, environment }: Watched) {
  const root = join(project.folder, stateFolder);
  const folder = insideState(join(root, 'watching', environment.name));
  return { folder, temporary: join(root, 'tmp'), inFolder: (name: string) => insideState(join(folder, name)) };
}

/** Who watches now, if anybody. */
export function watcherOf(watched: Watched): Promise<Claim | undefined> {
  return holderOfClaim(claimFile(watched));
}

/**
 * Does work as the one watcher. One that was killed is taken over.
 * @param purpose what others are told that it watches for
 * @throws RefusedError while another lives
 */
export async function asTheWatcher<Result>(
  watched: Watched,
  purpose: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const file = claimFile(watched);
  const attempt = await tryClaim(file, purpose);
  if (!attempt.taken) throw new RefusedError(busyText(attempt.holder, file));
  try {
    return await work();
  } finally {
    await releaseClaim(file, attempt.own);
  }
}

function busyText({ pid, host, startedAt }: Claim, { path }: ClaimFile): string {
  const who = `process ${pid} on ${host} watches this project since ${startedAt}, and one watcher is enough`;
  return host === hostname() ? `${who}; end that one first` : `${who}; end it there or, if it is gone, remove ${path}`;
}

function claimFile(watched: Watched): ClaimFile {
  const { inFolder, temporary } = watchingPlace(watched);
  // A process of another machine cannot be asked, so it is taken to live.
  const lives = async (claim: Claim) => claim.host !== hostname() || livesHere(claim);
  return { path: inFolder('lease.json'), temporary, lives };
}
