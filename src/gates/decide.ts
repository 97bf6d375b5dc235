import type { Override } from '../documents/ledger.js';
import type { Decision, GateResult, SoftGroup, Verdict } from '../documents/gates/verdict.js';

export interface DecideInput {
  verdict: Verdict;
  gates: readonly GateResult[];
  soft: SoftGroup | null;
  overrides: readonly Override[];
  now: Date;
  /** Whether these gates have led to retraining before, on the same version and the same data. */
  alreadyRetrained?: boolean;
}

/**
 * What follows from a verdict: retrain or keep, by whom and why; `reasons` are those for retraining, also when it is held.
 * Overrides change the decision and never the verdict; of two, skipping wins. An inconclusive or broken verdict decides nothing.
 * Promoting and rolling back are for the person who releases: the gates that forbid the one or ask for the other are named.
 */
export function decide(input: DecideInput): Decision & { reasons: string[] } {
  const reasons = retrainReasons(input.gates, input.soft);
  const asked = askedOf(input.gates, input.soft);
  const skip = active(input, 'forceSkipRetrain');
  const force = active(input, 'forceRetrain');
  if (skip !== undefined) {
    const conflict = force === undefined ? '' : ' (it wins over forceRetrain)';
    return { action: 'keep', by: 'override', reason: `held by override${conflict}: ${said(skip)}`, ...asked, reasons };
  }
  if (force !== undefined) {
    const reason = `forced by override: ${said(force)}`;
    return { action: 'retrain', by: 'override', reason, ...asked, reasons: [...reasons, reason] };
  }
  return { ...fromGates(input, reasons), ...asked, reasons };
}

function fromGates({ verdict, alreadyRetrained }: DecideInput, reasons: string[]): Decision {
  if (verdict === 'inconclusive' || verdict === 'error') {
    return { action: 'keep', by: 'hold', reason: `the verdict is ${verdict}, and nothing is decided on that` };
  }
  if (reasons.length === 0) return { action: 'keep', by: 'gates', reason: 'no failure asks for retraining' };
  if (alreadyRetrained) {
    return { action: 'keep', by: 'gates', reason: 'already retrained for this version and this data' };
  }
  return { action: 'retrain', by: 'gates', reason: reasons.join('; ') };
}

function retrainReasons(gates: readonly GateResult[], soft: SoftGroup | null): string[] {
  const hard = gates.filter(
    ({ level, status, action }) => level === 'hard' && status === 'fail' && action === 'retrain',
  );
  const reasons = hard.map(({ message }) => message);
  if (soft?.status !== 'fail' || soft.action !== 'retrain') return reasons;
  const failed = gates.filter(({ level, status }) => level === 'soft' && status === 'fail');
  const which = failed.map(({ message }) => message).join('; ');
  return [...reasons, `${soft.failed} of ${soft.of} soft gates failed, ${soft.fail} are enough: ${which}`];
}

/**
 * Gates that forbid promotion (failed, or, as missing is never healthy, not judged) and that ask to roll back (failed
 * only: nothing is undone on a doubt). A soft gate does so only when its group fails, or may have failed.
 */
function askedOf(gates: readonly GateResult[], soft: SoftGroup | null) {
  const ids = (action: GateResult['action'], answers: Verdict[]) =>
    gates
      .filter((gate) => gate.action === action && answers.includes(gate.status))
      .filter(({ level }) => level === 'hard' || (level === 'soft' && soft !== null && answers.includes(soft.status)))
      .map(({ id }) => id);
  const blocksPromotion = ids('block-promotion', ['fail', 'inconclusive', 'error']);
  const asksRollBack = ids('roll-back', ['fail']);
  return {
    ...(blocksPromotion.length === 0 ? {} : { blocksPromotion }),
    ...(asksRollBack.length === 0 ? {} : { asksRollBack }),
  };
}

function active({ overrides, now }: DecideInput, name: Override['name']): Override | undefined {
  return overrides.find(
    (override) =>
      override.name === name && (override.expiresAt === null || Date.parse(override.expiresAt) > now.getTime()),
  );
}

function said({ reason, by }: Override): string {
  return `${reason === '' ? 'no reason given' : reason} (${by})`;
}
