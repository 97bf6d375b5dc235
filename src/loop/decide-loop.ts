import type { Override } from '../documents/ledger.js';
import type { Decided, LoopState } from '../documents/loop.js';
import { durationWords, secondsOf } from '../project/duration.js';
import type { LoopSettings } from '../project/parts/loop-schema.js';
import { severityOf, worstOf, type Evidence, type Severe } from './severity.js';

export interface LoopInput {
  settings: LoopSettings;
  /** Of the version that serves, each the newest of its kind. */
  evidence: readonly Evidence[];
  state: Pick<LoopState, 'decided' | 'retraining' | 'majors' | 'fruitless'>;
  /** Those that count now. */
  overrides: readonly Override[];
  /** Why no newer version may serve, where a person said so. */
  held?: string;
  /** The version that serves; undefined: none. */
  serves: string | undefined;
  now: Date;
}

export interface LoopDecision extends Decided {
  /** Majors one after the other, this one included. */
  majors: number;
  /** What a person has to be told, beyond what is done. */
  escalated?: string;
}

/**
 * What the loop does about what was found: nothing, a warning, a retraining, or a retraining that is held and why. It only
 * ever asks for a retraining: whether what comes of it serves is decided on the road that all versions take. A person's
 * override or rollback stands; what is unknown or inconclusive decides nothing.
 */
export function decideLoop(input: LoopInput): LoopDecision {
  const { evidence, settings, state, now } = input;
  const found = evidence
    .filter(({ inconclusive }) => inconclusive === undefined)
    .map((one) => ({ ...severityOf(one), key: one.key, of: one.of }));
  const worst = worstOf(found);
  const severity = worst?.severity ?? 'none';
  const isMajor = severity === 'major' || severity === 'concept';
  const majors = isMajor ? state.majors + (isNew(state, worst!.key) ? 1 : 0) : 0;
  const decided = (action: Decided['action'], why: string, until: Date | null = null): LoopDecision => ({
    ...{ at: now.toISOString(), action, severity, why, until: until?.toISOString() ?? null, majors },
    evidence: found.map(({ key }) => key),
    ...escalation(severity, majors, settings),
  });
  const forced = input.overrides.find(({ name }) => name === 'forceRetrain');
  if (forced !== undefined && !isDone(state, forced.setAt) && input.serves !== undefined)
    return retrainOrHold(input, `forced by ${forced.by}: ${forced.reason}`, decided, { waits: false });
  if (input.serves === undefined) return decided('none', 'nothing is served yet; run: mlops run');
  if (worst === undefined) return decided('none', nothingToGoBy(evidence));
  const why = `${worst.severity} in ${worst.of}: ${worst.why}`;
  if (severity === 'none') return decided('none', worst.why);
  const wanted = settings.severity[severity];
  if (wanted !== 'retrain') return decided(wanted, why);
  if (state.retraining !== null && found.every(({ key }) => state.retraining!.evidence.includes(key)))
    return decided('hold', `retrained for this already (${state.retraining.text}); ${why}`);
  return retrainOrHold(input, why, decided, { waits: severity !== 'concept' });
}

type Decide = (action: Decided['action'], why: string, until?: Date | null) => LoopDecision;

function retrainOrHold(
  { overrides, held, state, settings, serves, now }: LoopInput,
  why: string,
  decided: Decide,
  { waits }: { waits: boolean },
): LoopDecision {
  const skip = overrides.find(({ name }) => name === 'forceSkipRetrain');
  if (skip !== undefined)
    return decided('hold', `held by the override of ${skip.by} (${skip.reason || 'no reason given'}); ${why}`);
  if (held !== undefined) return decided('hold', `${held}; ${why}`);
  const { retraining, fruitless } = state;
  const end = retraining === null ? 0 : Date.parse(retraining.at) + 1000 * secondsOf(settings.cooldown);
  if (waits && end > now.getTime()) {
    const rest = durationWords(Math.ceil((end - now.getTime()) / 1000));
    return decided(
      'hold',
      `cool-down for another ${rest}, until ${new Date(end).toISOString()}; ${why}`,
      new Date(end),
    );
  }
  if (waits && fruitless >= settings.escalate && retraining?.version === serves)
    return decided(
      'hold',
      `${fruitless} retrainings of ${serves} came to nothing: a person has to look (mlops history); ${why}`,
    );
  return decided('retrain', why);
}

/** A forced retraining is done once for each time that it is asked for. */
const isDone = ({ retraining }: LoopInput['state'], setAt: string): boolean =>
  retraining !== null && Date.parse(retraining.at) >= Date.parse(setAt);

/** Looked at again, the same results are no second major. */
const isNew = ({ decided }: LoopInput['state'], key: string): boolean => decided?.evidence.includes(key) !== true;

function nothingToGoBy(evidence: readonly Evidence[]): string {
  const [first] = evidence;
  if (first === undefined) return 'no verdict on what serves yet';
  return `${first.of}: ${first.inconclusive}, and nothing is decided on that`;
}

function escalation(severity: Severe['severity'], majors: number, { escalate }: LoopSettings): { escalated?: string } {
  if (severity === 'concept')
    return { escalated: 'the relation that the model learned has changed: look at the features and the target' };
  if (majors >= escalate) return { escalated: `${majors} majors one after the other: retraining does not help` };
  return {};
}
