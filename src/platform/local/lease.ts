import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CancelledError } from '../../common/errors.js';
import { fileError, sweepTemporary } from '../../common/files.js';
import { isAlive, ownIdentity } from '../../common/process-identity.js';
import type { LeaseHolder, LeaseReader, LeaseWriter } from '../ports.js';
import { readJson, writeJson } from './json-files.js';
import type { Place } from './place.js';

const claimSchema = z.looseObject({
  purpose: z.string(),
  pid: z.number(),
  /** When that process started, so that a later one with its number is not taken for it. */
  processStart: z.string(),
  host: z.string(),
  startedAt: z.string(),
  nonce: z.string(),
});
type Claim = z.infer<typeof claimSchema>;

const pollMs = 200;

/**
 * One holder a project: `lease.json`, created exclusively.
 *
 * A dead holder X is succeeded by whoever creates `lease.X.json` exclusively, so two takers at once cannot both win:
 * the holder is the last of the chain that begins at `lease.json`. The winner then makes its own claim `lease.json`
 * and clears the chain; a taker that read the chain before that finds itself outside of it and tries again.
 */
export function leaseReader(place: Place): LeaseReader {
  return {
    async holder() {
      const last = (await chainOf(place)).at(-1);
      return last && (await mayLive(last)) ? holderOf(last) : undefined;
    },
  };
}

export function leaseWriter(place: Place): LeaseWriter {
  return {
    async acquire(purpose, options = {}) {
      const own = await newClaim(purpose);
      let told = false;
      for (;;) {
        if (options.signal?.aborted) throw new CancelledError();
        const chain = await chainOf(place);
        const last = chain.at(-1);
        if (last === undefined || !(await mayLive(last))) {
          own.startedAt = new Date().toISOString();
          if (await claim(place, own, chain)) {
            if (last !== undefined) options.onTakeOver?.(holderOf(last));
            await sweepTemporary(place.temporary);
            return { release: () => release(place, own) };
          }
          continue;
        }
        if (!told) options.onWait?.(holderOf(last));
        told = true;
        await sleep(pollMs, undefined, { signal: options.signal }).catch(() => undefined);
      }
    },
  };
}

async function newClaim(purpose: string): Promise<Claim> {
  const { pid, start } = await ownIdentity();
  const startedAt = new Date().toISOString();
  return { purpose, pid, processStart: start, host: hostname(), startedAt, nonce: randomUUID() };
}

/** Whose process cannot be asked, on another machine, is taken to live. */
async function mayLive(claim: Claim): Promise<boolean> {
  return claim.host !== hostname() || isAlive({ pid: claim.pid, start: claim.processStart });
}

function holderOf({ purpose, pid, host, startedAt }: Claim): LeaseHolder {
  return { purpose, pid, host, startedAt };
}

function successorPath(place: Place, claim: Claim): string {
  return join(dirname(place.lease), `lease.${claim.nonce}.json`);
}

/** `lease.json` and those who succeeded it; the last one holds. Empty when the lease is free. */
async function chainOf(place: Place): Promise<Claim[]> {
  const chain: Claim[] = [];
  let next = await readJson(place.lease, claimSchema);
  while (next !== undefined) {
    chain.push(next);
    next = await readJson(successorPath(place, next), claimSchema);
  }
  return chain;
}

/** Tries to hold after a chain of dead holders. True when this claim holds now. */
async function claim(place: Place, own: Claim, dead: Claim[]): Promise<boolean> {
  const { temporary } = place;
  const last = dead.at(-1);
  const path = last === undefined ? place.lease : successorPath(place, last);
  if (!(await writeJson(path, own, { temporary, ifAbsent: true }))) return false;
  if (last === undefined) return true;
  const now = await chainOf(place);
  if (now.at(-1)?.nonce !== own.nonce) {
    await rm(path, { force: true });
    return false;
  }
  await clearChain(place, own, now);
  return true;
}

async function clearChain(place: Place, own: Claim, chain: Claim[]): Promise<void> {
  await writeJson(place.lease, own, { temporary: place.temporary });
  for (const gone of chain.slice(0, -1)) await rm(successorPath(place, gone), { force: true });
}

/** Only the holder itself gets here, and nobody takes over from the living. */
async function release(place: Place, own: Claim): Promise<void> {
  const held = await readJson(place.lease, claimSchema);
  if (held?.nonce !== own.nonce) return;
  await rm(place.lease, { force: true }).catch((error: unknown) => {
    throw fileError('remove', place.lease, error);
  });
}
