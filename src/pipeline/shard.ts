import { createHash } from 'node:crypto';
import type { Shard } from './stage.js';

/** Whether the work named by `key` is this host's: the key's hash modulo the number of hosts, the same everywhere. */
export function isOurs(shard: Shard | undefined, key: string): boolean {
  if (shard === undefined) return true;
  return createHash('sha256').update(key).digest().readUInt32BE(0) % shard.count === shard.index;
}
