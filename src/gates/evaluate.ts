import { worst, type GateAction, type GateResult, type SoftGroup, type Verdict } from '../documents/gates/verdict.js';
import { knownFigure } from '../project/rules/known-figures.js';
import { readRule, type Rule } from '../project/rules/rule.js';
import type { GateRule } from '../project/schema.js';
import { evidenceOf, finite } from './evidence.js';
import { withCertainty } from './certainty.js';
import type { FigureSet } from './figures.js';
import { judge, keyOf, type Certainty, type Judged, type Question } from './judge.js';
import { judgeColumns, worstFirst } from './judge-columns.js';
import { messageOf } from './message.js';
import { softGroup } from './soft-group.js';
import type { References } from './threshold.js';
import { waiverOf, type Waiver } from './waivers.js';

export interface GateInput {
  rules: readonly GateRule[];
  /** How many soft gates must fail for their group to fail; absent: one is enough. */
  soft?: { fail: number; action: GateAction };
  figures: FigureSet;
  /** Figures of the version's own test set, by key; null: it has none. */
  baseline: Record<string, number | null> | null;
  /** Their 95 % intervals, for rules that ask for certainty; a figure without one is taken as exact. */
  baselineIntervals?: References['baselineIntervals'];
  /** Figures of the model in production, for rules that say `current`. */
  current?: Record<string, number | null> | null;
  window: GateResult['window'];
  waivers: readonly Waiver[];
  now: Date;
}
export interface GateOutcome {
  gates: GateResult[];
  verdict: Verdict;
  soft: SoftGroup | null;
}

/**
 * Holds every rule against the figures. A gate's own status says what became of its rule (an advisory or waived failure
 * is a warning); the verdict is the worst of the hard gates, the soft group as a whole, and the advisory gates, which warn at most.
 */
export function evaluateGates(input: GateInput): GateOutcome {
  return outcomeOf(
    input.rules.map((gate) => evaluateGate(gate, input)),
    input.soft,
  );
}

/** The verdict that gates' answers add up to. */
export function outcomeOf(gates: GateResult[], softRule: GateInput['soft']): GateOutcome {
  const soft = softGroup(gates, softRule);
  const hard = gates.filter(({ level }) => level === 'hard').map(({ status }) => status);
  const advisory = gates
    .filter(({ level }) => level === 'advisory')
    .map(({ status }): Verdict => (status === 'pass' ? 'pass' : 'warn'));
  return { gates, soft, verdict: worst([...hard, ...(soft === null ? [] : [soft.status]), ...advisory]) };
}

function evaluateGate(gate: GateRule, input: GateInput): GateResult {
  const action = gate.action ?? (gate.level === 'soft' ? (input.soft?.action ?? 'retrain') : 'warn');
  const read = readRule(gate.rule);
  if ('problem' in read) {
    const { at, found, expected } = read.problem;
    const message = `rule "${gate.rule}", position ${at + 1}: found ${found}, expected ${expected}`;
    return unreadable(gate, action, message, input.window);
  }
  const { rule } = read;
  const { baseline, baselineIntervals, current } = input;
  const question: Question = {
    rule,
    minSamples: gate.minSamples,
    references: { baseline, baselineIntervals, current },
  };
  const plain = judgeAll(question, input.figures);
  const judged = gate.confidence === undefined ? plain : worstFirst(withCertainty(question, gate.confidence, plain));
  const decisive = judged[0]!;
  const waiver = decisive.status === 'fail' ? waiverOf(gate.id, input.waivers, input.now) : undefined;
  const waived = waiver === undefined ? null : { owner: waiver.owner, reason: waiver.reason, until: waiver.until };
  const message = messageOf(rule, decisive, judged);
  return {
    ...measured(rule, decisive),
    id: gate.id,
    level: gate.level,
    status:
      decisive.status === 'fail' && (waived !== null || gate.level === 'advisory') ? 'warn' : answerOf(gate, decisive),
    window: input.window,
    evidence: evidenceOf(rule, judged),
    action,
    waived,
    ...(decisive.reason === undefined ? {} : { reason: decisive.reason }),
    ...(decisive.figure?.note === undefined ? {} : { note: decisive.figure.note }),
    message:
      waived === null ? message : `${message}; waived by ${waived.owner} until ${waived.until}: ${waived.reason}`,
  };
}

/** An estimate that holds proves nothing: it counts as its gate says, by itself as a warning. */
function answerOf({ estimated = 'warn' }: GateRule, { status, figure }: Judged): Verdict {
  return figure?.estimated && status === 'pass' ? estimated : status;
}

/** One answer, or one a column, worst first. */
function judgeAll(question: Question, { figures, columns }: FigureSet): Judged[] {
  const { rule } = question;
  if (rule.columns !== null) {
    const key = keyOf(rule, null);
    return judgeColumns(question, (Object.hasOwn(columns, key) ? columns[key] : undefined) ?? {});
  }
  const key = keyOf(rule, null);
  return [judge(question, Object.hasOwn(figures, key) ? figures[key] : undefined, null)];
}

function measured(rule: Rule, { key, figure, threshold, certainty }: Judged) {
  const value = finite(figure?.value);
  return {
    metric: key,
    value,
    operator: rule.operator,
    threshold: finite(threshold.value),
    thresholdSource: threshold.source,
    baseline: finite(threshold.reference),
    degradation: degradationOf(rule, value, finite(threshold.reference)),
    method: figure?.method ?? 'not computed',
    n: figure?.n ?? null,
    interval: certainty === undefined ? (figure?.interval ?? null) : certainty.interval,
    ...(certainty === undefined ? {} : certaintyOf(certainty)),
  };
}

function certaintyOf({ confidence, tests, limits }: Certainty) {
  return { confidence, thresholdInterval: limits, ...(tests === 1 ? {} : { tests }) };
}

/** How much worse than the baseline, in the figure's own unit. An unknown figure's better side is the one its rule asks for. */
function degradationOf(rule: Rule, value: number | null, baseline: number | null): number | null {
  if (value === null || baseline === null) return null;
  const better = knownFigure(rule.figure)?.better ?? (rule.operator.startsWith('>') ? 'higher' : 'lower');
  return Math.max(0, better === 'higher' ? baseline - value : value - baseline);
}

/** A gate whose rule cannot be read: an error, for nothing was judged. */
function unreadable(gate: GateRule, action: GateAction, message: string, window: GateResult['window']): GateResult {
  return {
    id: gate.id,
    level: gate.level,
    status: 'error',
    metric: gate.rule,
    value: null,
    operator: '==',
    threshold: null,
    thresholdSource: 'rule',
    baseline: null,
    degradation: null,
    method: 'not computed',
    n: null,
    window,
    evidence: { kind: 'none' },
    action,
    waived: null,
    message,
  };
}
