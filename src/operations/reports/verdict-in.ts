import { verdictSchema, type Verdict } from '../../documents/gates/verdict.js';
import { reads } from '../operation.js';

/** What the results in a folder came to; undefined where there are none, or none that say it. */
export const verdictIn = reads(
  'reports.verdict-in',
  async ({ environment, signal }, { prefix }: { prefix: string }): Promise<Verdict | undefined> => {
    const bytes = await environment.objects.read(`${prefix}monitoring_results.json`, { signal });
    if (bytes === undefined) return undefined;
    try {
      const { verdict } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { verdict?: unknown };
      return verdictSchema.safeParse(verdict).data;
    } catch {
      return undefined;
    }
  },
);
