import { z } from 'zod';
import { BrokenError } from '../../common/errors.js';
import type { LeaseReader, ObjectReader } from '../ports.js';

/** One object a project and environment: whoever creates it conditionally holds the lease until it expires. */
const leaseKey = 'lease.json';

const leaseSchema = z.looseObject({
  purpose: z.string(),
  pid: z.number(),
  host: z.string(),
  startedAt: z.string(),
  expiresAt: z.string(),
});

export function leaseReader(objects: ObjectReader): LeaseReader {
  return {
    async holder(options) {
      const bytes = await objects.read(leaseKey, options);
      if (bytes === undefined) return undefined;
      const lease = parse(bytes);
      if (Date.parse(lease.expiresAt) <= Date.now()) return undefined;
      const { purpose, pid, host, startedAt } = lease;
      return { purpose, pid, host, startedAt };
    },
  };
}

function parse(bytes: Uint8Array): z.infer<typeof leaseSchema> {
  try {
    return leaseSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (error) {
    throw new BrokenError(`${leaseKey}: not a lease`, { cause: error });
  }
}
