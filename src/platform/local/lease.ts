import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError } from '../../common/errors.js';
import { sweepTemporary } from '../../common/files.js';
import type { LeaseHolder, LeaseReader, LeaseWriter } from '../ports/lease.js';
import { holderOfClaim, livesHere, releaseClaim, tryClaim, type Claim, type ClaimFile } from '../../common/claim.js';
import { isOurs } from './owner.js';
import type { Place } from './place.js';

const pollMs = 200;

/** One holder a project: who claims `lease.json`. */
export function leaseReader(place: Place): LeaseReader {
  return {
    async holder() {
      const claim = isOurs(place.root) ? await holderOfClaim(fileOf(place)) : undefined;
      return claim && holderOf(claim, place);
    },
  };
}

export function leaseWriter(place: Place): LeaseWriter {
  const file = fileOf(place);
  return {
    async acquire(purpose, options = {}) {
      let told = false;
      for (;;) {
        if (options.signal?.aborted) throw new CancelledError();
        const attempt = await tryClaim(file, purpose);
        if (attempt.taken) {
          if (attempt.from !== undefined) options.onTakeOver?.(holderOf(attempt.from, place));
          await sweepTemporary(place.temporary);
          return { release: () => releaseClaim(file, attempt.own) };
        }
        if (!told) options.onWait?.(holderOf(attempt.holder, place));
        told = true;
        await sleep(pollMs, undefined, { signal: options.signal }).catch(() => undefined);
      }
    },
  };
}

function fileOf({ lease, temporary }: Place): ClaimFile {
  return { path: lease, temporary, lives: mayLive };
}

/** Whose process cannot be asked, on another machine, is taken to live. */
async function mayLive(claim: Claim): Promise<boolean> {
  return claim.host !== hostname() || livesHere(claim);
}

function holderOf({ purpose, pid, host, startedAt }: Claim, { lease }: Place): LeaseHolder {
  const holder = { purpose, pid, host, startedAt };
  if (host === hostname()) return holder;
  return { ...holder, freedBy: `it is on another machine: end it there or, if it is gone, remove ${lease}` };
}
