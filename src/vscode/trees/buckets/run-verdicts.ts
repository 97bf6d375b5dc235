import { keys } from '../../../documents/keys.js';
import type { Verdict } from '../../../documents/verdict.js';
import type { Environment } from '../../../platform/ports/environment.js';
import type { ObjectEntry } from '../../../platform/ports/objects.js';

/** What each folder below `monitoring/runs/` came to; reads every results document once, for they never change. */
export function makeRunVerdicts() {
  const known = new Map<string, Verdict>();
  return async (
    environment: Environment,
    bucket: string,
    entries: readonly ObjectEntry[],
  ): Promise<ReadonlyMap<string, Verdict>> => {
    // In an account a hundred documents would be fetched to draw one folder.
    const cheap = environment.kind === 'local' && bucket === environment.bucket;
    const folders = entries.filter(
      ({ kind, key }) => cheap && kind === 'folder' && key.startsWith(keys.monitoringRuns),
    );
    const unknown = folders.filter(({ key }) => !known.has(key) && key.length > keys.monitoringRuns.length);
    for (const { key } of unknown) {
      const verdict = await verdictIn(environment, `${key}monitoring_results.json`);
      if (verdict) known.set(key, verdict);
    }
    return known;
  };
}

async function verdictIn({ objects }: Environment, key: string): Promise<Verdict | undefined> {
  const bytes = await objects.read(key);
  if (bytes === undefined) return undefined;
  const { verdictSchema } = await import('../../project-work.js');
  try {
    const { verdict } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { verdict?: unknown };
    return verdictSchema.safeParse(verdict).data;
  } catch {
    return undefined;
  }
}
