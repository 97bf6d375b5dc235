import { keys } from '../../../documents/keys.js';
import type { Verdict } from '../../../documents/gates/verdict.js';
import type { At } from '../../../operations/operation.js';
import type { ObjectEntry } from '../../../platform/ports/objects.js';

/** What each folder below `monitoring/runs/` came to; reads every results document once, for they never change. */
export function makeRunVerdicts() {
  const known = new Map<string, Verdict>();
  return async (at: At, bucket: string, entries: readonly ObjectEntry[]): Promise<ReadonlyMap<string, Verdict>> => {
    // In an account a hundred documents would be fetched to draw one folder.
    const cheap = at.environment.kind === 'local' && bucket === at.environment.bucket;
    const folders = entries.filter(
      ({ kind, key }) => cheap && kind === 'folder' && key.startsWith(keys.monitoringRuns),
    );
    const unknown = folders.filter(({ key }) => !known.has(key) && key.length > keys.monitoringRuns.length);
    const { verdictIn } = await import('../../project-work.js');
    for (const { key } of unknown) {
      const verdict = await verdictIn.run(at, { prefix: key });
      if (verdict) known.set(key, verdict);
    }
    return known;
  };
}
