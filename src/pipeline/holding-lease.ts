import { messageOf } from '../common/errors.js';
import type { CallOptions } from '../platform/ports/calls.js';
import type { Writers } from '../platform/ports/environment.js';
import type { Lease, LeaseHolder } from '../platform/ports/lease.js';
import { recordInLedger } from './ledger.js';

/** `run 20261121-… (process 7 on host)`: who holds a project, for people. */
const holderText = (holder: LeaseHolder): string => `${holder.purpose} (process ${holder.pid} on ${holder.host})`;

const waitingText = (holder: LeaseHolder): string =>
  `waiting: ${holderText(holder)} holds this project since ${holder.startedAt}` +
  (holder.freedBy === undefined ? '' : `; ${holder.freedBy}`);

/**
 * Takes the project's lease, waiting while another lives; `onWait` is told once for whom. A lease that is taken over
 * from one that no longer runs is written into the ledger.
 */
export async function takeLease(
  writers: Writers,
  purpose: string,
  { signal, onWait }: CallOptions & { onWait?: (text: string) => void } = {},
): Promise<Lease> {
  let takenFrom: LeaseHolder | undefined;
  const lease = await writers.lease.acquire(purpose, {
    signal,
    onWait: (holder) => onWait?.(waitingText(holder)),
    onTakeOver: (holder) => (takenFrom = holder),
  });
  if (takenFrom !== undefined) {
    await recordInLedger(writers, {
      who: purpose,
      what: 'lease-taken-over',
      why: 'its holder no longer runs',
      from: holderText(takenFrom),
      to: purpose,
    });
  }
  return lease;
}

/** Does one piece of work while holding the lease: for a change outside a run. */
export async function holdingLease<Result>(
  writers: Writers,
  purpose: string,
  options: CallOptions & { onWait?: (text: string) => void },
  work: () => Promise<Result>,
): Promise<Result> {
  const lease = await takeLease(writers, purpose, options);
  return thenReleasing(lease, options.onWait, work);
}

/**
 * Does work and gives the lease back, however it ended. What the work answered or failed of is what counts: a lease that
 * could not be given back runs out by itself, and is told to `tell`.
 */
export async function thenReleasing<Result>(
  lease: Lease,
  tell: ((text: string) => void) | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } finally {
    await lease.release().catch((error: unknown) => {
      tell?.(`the lease could not be given back, so others wait until it runs out: ${messageOf(error)}`);
    });
  }
}
