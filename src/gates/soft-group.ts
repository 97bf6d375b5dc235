import type { GateAction, GateResult, SoftGroup, Verdict } from '../documents/gates/verdict.js';

/**
 * Adds up the soft gates: `fail` or more failures fail; failures that could still become so many are inconclusive;
 * anything less than all passing warns. Null when there are no soft gates.
 */
export function softGroup(
  gates: readonly GateResult[],
  soft: { fail: number; action: GateAction } | undefined,
): SoftGroup | null {
  const members = gates.filter(({ level }) => level === 'soft');
  if (members.length === 0) return null;
  const { fail, action } = soft ?? { fail: 1, action: 'retrain' };
  const count = (...statuses: Verdict[]) => members.filter(({ status }) => statuses.includes(status)).length;
  const failed = count('fail');
  const inconclusive = count('inconclusive', 'error');
  const summary = { fail, of: members.length, failed, inconclusive, action };
  if (count('error') > 0) return { ...summary, status: 'error' };
  if (failed >= fail) return { ...summary, status: 'fail' };
  if (failed + inconclusive >= fail) return { ...summary, status: 'inconclusive' };
  return { ...summary, status: count('pass') === members.length ? 'pass' : 'warn' };
}
