import type { Override } from '../documents/ledger.js';
import type { MonitoringResults } from '../documents/monitoring.js';
import type { Decision } from '../documents/gates/verdict.js';
import { decide } from './decide.js';

/**
 * What the stored figures lead to under the overrides that count now. Without any, what the run itself decided stands,
 * for it also knew whether this version was retrained before; only a decision that an override made is made anew.
 */
export function decisionNow(results: MonitoringResults, overrides: readonly Override[], now: Date): Decision {
  if (overrides.length === 0 && results.decision.by !== 'override') return results.decision;
  const { verdict, gates, soft, alreadyRetrained } = results;
  const { action, by, reason } = decide({ verdict, gates, soft, overrides, now, alreadyRetrained });
  return { action, by, reason };
}
