import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import { keys } from '../../documents/keys.js';
import type { StageContext } from '../stage.js';

/** Enough of a sha256 that two of a billion entities do not meet by chance in practice. */
const fingerprintLength = 16;

function fingerprintOf(entity: string): string {
  return hash('sha256', entity, 'hex').slice(0, fingerprintLength);
}

/**
 * Which entities a version learned from (to fit, to stop early, or to choose its threshold), as fingerprints: a gzipped
 * line each. Parts can change when new entities arrive, so the version itself must know what it has seen.
 */
export async function learnedList(entities: readonly string[]): Promise<Uint8Array> {
  const lines = [...new Set(entities.map(fingerprintOf))].sort().join('\n');
  return promisify(gzip)(lines);
}

/**
 * Tells for an entity whether the version learned from it. A version that left no list (another system made it, or the
 * list is lost) counts as having seen nothing, and its user is warned: it may be judged on what it learned from.
 */
export async function learnedBy(
  { environment, report }: Pick<StageContext, 'environment' | 'report'>,
  version: string,
): Promise<(entity: string) => boolean> {
  const bytes = await environment.objects.read(keys.learnedEntities(version));
  if (bytes === undefined) {
    report.message('warning', `${version} left no list of what it learned from: rows that it knows may be among these`);
    return () => false;
  }
  const seen = new Set(gunzipSync(bytes).toString().split('\n'));
  return (entity) => seen.has(fingerprintOf(entity));
}
