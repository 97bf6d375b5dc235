import { createHash } from 'node:crypto';

/**
 * Which of `buckets` equal shares an entity falls into, the same on every machine and in every run:
 * the first four bytes of sha256("<seed>:<entity>") modulo `buckets`.
 */
export function shareOf(entity: string, seed: string, buckets: number): number {
  return createHash('sha256').update(`${seed}:${entity}`).digest().readUInt32BE(0) % buckets;
}

/** Retraining learns from one half of the production entities; the other half judges. */
export const learningHalf = 0;

export function productionHalf(entity: string): number {
  return shareOf(entity, 'production-half', 2);
}
