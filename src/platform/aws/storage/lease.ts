import { hostname } from 'node:os';
import * as z from 'zod';
import { DamagedFile } from '../../../common/errors.js';
import { isAlive } from '../../../common/processes/process-identity.js';
import { keys } from '../../../documents/keys.js';
import { helpFor } from '../../../documents/errors/mending.js';
import type { LeaseHolder, LeaseReader } from '../../ports/lease.js';
import type { ObjectReader } from '../../ports/objects.js';

/** One object a project and environment: the run that creates it conditionally holds the lease for as long as it renews it. */
const leaseSchema = z.looseObject({
  purpose: z.string(),
  pid: z.number(),
  /** When that process started, so that a later one with its number is not taken for it. */
  processStart: z.string().optional(),
  host: z.string(),
  startedAt: z.string(),
  expiresAt: z.string(),
  /** Grows with every holder. */
  fence: z.number().default(0),
  nonce: z.string().default(''),
});
export type LeaseRecord = z.infer<typeof leaseSchema>;

export function leaseReader(objects: ObjectReader): LeaseReader {
  return {
    async holder(options) {
      const bytes = await objects.read(keys.lease, options);
      if (bytes === undefined) return undefined;
      const lease = parseLease(bytes);
      return Date.parse(lease.expiresAt) <= Date.now() || (await diedHere(lease)) ? undefined : holderOf(lease);
    },
  };
}

/** Whether its holder was a process of this machine, and is gone. */
export async function diedHere({ host, pid, processStart: start }: LeaseRecord): Promise<boolean> {
  return host === hostname() && start !== undefined && !(await isAlive({ pid, start }));
}

export function holderOf({ purpose, pid, host, startedAt }: LeaseRecord): LeaseHolder {
  return { purpose, pid, host, startedAt };
}

/** @throws DamagedFile when it is none */
export function parseLease(bytes: Uint8Array): LeaseRecord {
  try {
    return leaseSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (error) {
    throw new DamagedFile(keys.lease, 'not a lease', helpFor(keys.lease), { cause: error });
  }
}
