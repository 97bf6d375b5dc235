import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { BrokenError, CancelledError } from '../../../common/errors.js';
import { keys } from '../../../documents/keys.js';
import { ownIdentity } from '../../../common/processes/process-identity.js';
import type { Lease, LeaseWriter } from '../../ports/lease.js';
import { causeOf, isMissing } from '../account/explain.js';
import { diedHere, holderOf, parseLease, type LeaseRecord } from './lease.js';
import { isConflict, wasRepeated } from './object-writer.js';
import { bucketOf } from './objects.js';
import type { Account } from '../account/place.js';
import { objectMetadata } from '../ownership/tags.js';
import { refusalOf, whoseBy } from '../ownership/whose.js';

/** What the guard asks before each write: whether the lease that this process works under is still its own. */
export interface HeldLease {
  /** @throws BrokenError when another one holds it */
  check(): Promise<void> | void;
  /** The tag of the lease's object while this process holds it. */
  etag?: string;
  /** Set while it is given back. */
  isReleasing?: boolean;
}

export interface LeaseTimes {
  /** A lease that was not renewed for this long is free. */
  expiryMs: number;
  pollMs: number;
}
const usual: LeaseTimes = { expiryMs: 60_000, pollMs: 1_000 };
/** Further off no clock can be: S3 refuses calls that are signed with it. */
const clockMarginMs = 15 * 60_000;

interface Seen {
  record: LeaseRecord;
  etag: string;
}

/**
 * The lease as one object in S3, made and replaced conditionally, so that two cannot both win; its holder renews it. A
 * holder that died here is taken over at once; one elsewhere when its object did not change for as long as it lasts,
 * which needs no two clocks to agree.
 */
export function leaseWriter(account: Account, held: HeldLease, times = usual): LeaseWriter {
  return {
    async acquire(purpose, options = {}) {
      const { signal } = options;
      const watched = { etag: '', since: 0 };
      let told = false;
      for (;;) {
        if (signal?.aborted) throw new CancelledError();
        const seen = await look(account, signal);
        if (seen === undefined || (await isFree(seen, watched, times))) {
          const own = await recordOf(purpose, times, (seen?.record.fence ?? 0) + 1);
          const etag = await write(account, own, seen?.etag);
          if (etag !== undefined) {
            if (seen !== undefined) options.onTakeOver?.(holderOf(seen.record));
            return hold(account, held, { record: own, etag }, times);
          }
          continue;
        }
        if (!told) options.onWait?.(holderOf(seen.record));
        told = true;
        await sleep(times.pollMs, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}

async function recordOf(purpose: string, { expiryMs }: LeaseTimes, fence: number): Promise<LeaseRecord> {
  const { pid, start } = await ownIdentity();
  const startedAt = new Date().toISOString();
  const expiresAt = new Date(Date.now() + expiryMs).toISOString();
  return { purpose, pid, processStart: start, host: hostname(), startedAt, expiresAt, fence, nonce: randomUUID() };
}

async function isFree({ record, etag }: Seen, watched: { etag: string; since: number }, { expiryMs }: LeaseTimes) {
  if (await diedHere(record)) return true;
  if (Date.parse(record.expiresAt) + clockMarginMs < Date.now()) return true;
  const now = performance.now();
  if (watched.etag !== etag) Object.assign(watched, { etag, since: now });
  return now - watched.since > expiryMs;
}

/** Renews until it is released. From the moment that renewing is overdue, writes wait for one that succeeds. */
function hold(account: Account, held: HeldLease, first: Seen, { expiryMs }: LeaseTimes): Lease {
  let { record, etag } = first;
  let renewedAt = performance.now();
  held.etag = etag;
  let lost: BrokenError | undefined;
  let renewing: Promise<void> | undefined;

  const renewOnce = async () => {
    const asked = performance.now();
    const next = { ...record, expiresAt: new Date(Date.now() + expiryMs).toISOString() };
    const written = await write(account, next, etag);
    if (written === undefined) {
      const by = await look(account).catch(() => undefined);
      const who = by === undefined ? '' : ` to ${by.record.purpose} (pid ${by.record.pid} on ${by.record.host})`;
      lost = new BrokenError(`this process lost its lease${who}, so it writes no more`);
    } else [record, etag, renewedAt] = [next, written, asked];
    held.etag = etag;
  };
  const renew = () => (renewing ??= renewOnce().finally(() => (renewing = undefined)));
  // Failures under way are tried again by the next turn, and by the next write.
  const timer = setInterval(() => void renew().catch(() => undefined), expiryMs / 3).unref();
  held.check = async () => {
    if (lost === undefined && performance.now() - renewedAt > expiryMs * 0.9) await renew();
    if (lost !== undefined) throw lost;
  };
  return {
    async release() {
      clearInterval(timer);
      await renewing?.catch(() => undefined);
      held.check = () => undefined;
      try {
        held.isReleasing = true;
        if (lost === undefined) await remove(account, etag);
      } finally {
        held.etag = undefined;
        held.isReleasing = false;
      }
    },
  };
}

/** @throws RefusedError when others left something at the lease's key */
async function look(account: Account, signal?: AbortSignal): Promise<Seen | undefined> {
  const s3 = await account.clients.s3();
  try {
    const found = await s3.getObject({ Bucket: bucketOf(account), Key: keys.lease }, { abortSignal: signal });
    const whose = whoseBy(account, found.Metadata ?? {});
    const thing = { kind: 'object', name: `s3://${bucketOf(account)}/${keys.lease}` } as const;
    if (whose.is !== 'ours') throw refusalOf(account, thing, whose);
    const bytes = (await found.Body?.transformToByteArray()) ?? new Uint8Array();
    return { record: parseLease(bytes), etag: found.ETag ?? '' };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The new tag; undefined when another one was first. `etag`: what is replaced; none creates. */
async function write(account: Account, record: LeaseRecord, etag?: string): Promise<string | undefined> {
  const s3 = await account.clients.s3();
  const Body = JSON.stringify(record, null, 2) + '\n';
  const condition = etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag };
  try {
    const written = await s3.putObject({
      Bucket: bucketOf(account),
      Key: keys.lease,
      Body,
      Metadata: objectMetadata(account),
      ...condition,
    });
    return written.ETag;
  } catch (error) {
    const gone = causeOf(error).name === 'NoSuchKey';
    if (!isConflict(error) && !gone) throw error;
    // A repeated call meets what its own first attempt wrote, when only the answer was lost.
    const there = wasRepeated(error) ? await look(account) : undefined;
    const isOurs = there?.record.nonce === record.nonce && there.record.expiresAt === record.expiresAt;
    return isOurs ? there.etag : undefined;
  }
}

/** Only while it is still what we wrote. */
async function remove(account: Account, etag: string): Promise<void> {
  const s3 = await account.clients.s3();
  await s3.deleteObject({ Bucket: bucketOf(account), Key: keys.lease, IfMatch: etag }).catch((error: unknown) => {
    if (!isConflict(error) && !isMissing(error)) throw error;
  });
}
