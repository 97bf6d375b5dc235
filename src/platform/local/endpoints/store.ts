import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { BrokenError, DamagedFile } from '../../../common/errors.js';
import { remove } from '../../../common/files.js';
import { ownIdentity } from '../../../common/processes/process-identity.js';
import type { EndpointConfig } from '../../ports/endpoints.js';
import { releaseClaim, tryClaim, type Claim } from '../../../common/claim.js';
import { writeJson } from '../../../common/json-files.js';
import { endpointFolder, readAccepted, readState, readWanted, type EndpointFolder, type StateFile } from './folder.js';
import { readSecrets } from './secrets.js';

const pollMs = 20;

/**
 * The endpoint process's own side of its folder, `<project>/.mlops/endpoints/<name>`; undefined when another process
 * serves it, or is about to.
 */
export async function openEndpointStore(path: string) {
  const endpoints = dirname(resolve(path));
  const root = dirname(endpoints);
  const folder = endpointFolder(endpoints, join(root, 'tmp'), basename(path));
  const owner = (await readWanted(folder)) ?? (await readAccepted(folder));
  if (owner === undefined) throw new BrokenError(`${folder.path}: there is no endpoint here`);
  const claim = await claimEndpoint(folder);
  if (claim === undefined) return undefined;
  const { project, bucket } = owner;
  const options = { temporary: folder.temporary };
  const own = await ownIdentity();
  let refused: string | undefined;
  const say = (state: Omit<StateFile, 'pid' | 'processStart' | 'at'>) =>
    writeJson(
      folder.state,
      { ...state, refused, pid: own.pid, processStart: own.start, at: new Date().toISOString() },
      options,
    );
  let running: { url: string; nonce: string } | undefined;
  return {
    name: folder.name,
    folder: folder.path,
    temporary: folder.temporary,
    projectFolder: dirname(root),
    project,
    bucket,
    secrets: await readSecrets(folder),
    wanted: async () => (await readWanted(folder))?.config,
    accepted: async () => (await readAccepted(folder).catch(lost))?.config,
    async accept(config: EndpointConfig) {
      refused = undefined;
      const before = await readAccepted(folder).catch(lost);
      const same = isDeepStrictEqual(before?.config, config);
      const previous = same ? before?.previous : before?.config;
      const createdAt = before?.createdAt ?? new Date().toISOString();
      await writeJson(folder.config, { project, bucket, createdAt, config, previous }, options);
      await remove(folder.wanted);
      if (running) await say({ phase: 'serving', ...running });
    },
    async refuse(reason: string) {
      refused = reason;
      // A first configuration stays, as the only word about what was asked for.
      if ((await readAccepted(folder).catch(lost)) !== undefined) await remove(folder.wanted);
      if (running) await say({ phase: 'serving', ...running });
    },
    async started(started: { url: string; nonce: string }) {
      running = started;
      await say({ phase: 'serving', ...started });
    },
    async ended(reason: string, failed: boolean) {
      await say({ phase: 'ended', reason, failed });
      await releaseClaim(folder.claim, claim);
    },
    async isOurs(nonce: string) {
      return (await readState(folder))?.nonce === nonce;
    },
  };
}

/** What it served before is lost with its file; what it shall serve is written anew. */
function lost(error: unknown): undefined {
  if (!(error instanceof DamagedFile)) throw error;
}

/** Two processes for one endpoint would each think that they are it. One that ended is waited for until it let go. */
async function claimEndpoint(folder: EndpointFolder): Promise<Claim | undefined> {
  for (;;) {
    const attempt = await tryClaim(folder.claim, `serve endpoint ${folder.name}`);
    if (attempt.taken) return attempt.own;
    const state = await readState(folder);
    if (state?.pid !== attempt.holder.pid || state.phase !== 'ended') return undefined;
    await sleep(pollMs);
  }
}
