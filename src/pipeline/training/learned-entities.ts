import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { keys } from '../../documents/keys.js';
import type { Environment, ObjectWriter } from '../../platform/ports.js';

/** Enough of a sha256 that two of a billion entities do not meet by chance in practice. */
const fingerprintLength = 16;

function fingerprintOf(entity: string): string {
  return createHash('sha256').update(entity).digest('hex').slice(0, fingerprintLength);
}

/**
 * Remembers which entities a version learned from (to fit, to stop early, or to choose its threshold), as fingerprints.
 * Parts can change when new entities arrive, so the version itself must know what it has seen.
 */
export function writeLearned(objects: ObjectWriter, version: string, entities: readonly string[]): Promise<void> {
  const lines = [...new Set(entities.map(fingerprintOf))].sort().join('\n');
  return objects.put(keys.learnedEntities(version), gzipSync(lines));
}

/** Tells for an entity whether the version learned from it. A version that left no list counts as having seen nothing. */
export async function learnedBy(environment: Environment, version: string): Promise<(entity: string) => boolean> {
  const bytes = await environment.objects.read(keys.learnedEntities(version));
  if (bytes === undefined) return () => false;
  const seen = new Set(gunzipSync(bytes).toString().split('\n'));
  return (entity) => seen.has(fingerprintOf(entity));
}
