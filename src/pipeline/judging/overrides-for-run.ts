import type { Override } from '../../documents/ledger.js';
import type { StageContext } from '../stage.js';

/** Overrides that were given for this run alone, on the command line. */
export function overridesForThisRun({ options, now, runId }: StageContext): Override[] {
  const base = {
    reason: options.reason ?? 'given for this run',
    by: `run ${runId}`,
    setAt: now.toISOString(),
    expiresAt: null,
  };
  const forced: Override[] = [];
  if (options.forceRetrain) forced.push({ name: 'forceRetrain', ...base });
  if (options.forceSkipRetrain) forced.push({ name: 'forceSkipRetrain', ...base });
  return forced;
}
