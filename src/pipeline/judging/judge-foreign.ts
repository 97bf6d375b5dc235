import {
  confusionOfForeign,
  figureOfForeign,
  type ForeignAnswer,
  type ForeignGate,
  type ForeignResults,
} from '../../documents/foreign/foreign.js';
import type { Confusion } from '../../documents/evaluation.js';
import type { Waiver } from '../../documents/ledger.js';
import type { GateResult } from '../../documents/gates/verdict.js';
import { evaluateGates, outcomeOf, type GateOutcome } from '../../gates/evaluate.js';
import type { Figure, FigureSet } from '../../gates/figures.js';
import { productionRules } from '../../gates/production-rules.js';
import { waiverOf } from '../../gates/waivers.js';
import { figuresOfConfusion } from '../../models/metrics/binary-figures.js';
import type { ProjectFile } from '../../project/schema.js';
import type { ForeignRun } from '../foreign-runs.js';
import type { SplitFigures } from '../evaluating/evaluate.js';
import { qualityFigures } from '../evaluating/figures.js';

/** What another system's document holds that rules can be held against. */
export interface ForeignFigures {
  confusion: Confusion | null;
  metrics: Record<string, number | null>;
  baseline: Record<string, number | null>;
  columns: FigureSet['columns'];
  /** Gates that the document itself says have failed, by figure, in its words. */
  failed: Record<string, string>;
}

const method = 'as the document records it';

/** @param baseline of the version that the system serves, for what the document does not say itself */
export function figuresOfForeignRun(
  found: ForeignRun['found'],
  baseline: ForeignFigures['baseline'] = {},
): ForeignFigures {
  const figures =
    found.kind === 'foreign-results' ? figuresOfForeignResults(found.document) : figuresOfForeignAnswer(found.document);
  const said = Object.entries(figures.baseline).filter(([, value]) => value !== null);
  return { ...figures, baseline: { ...baseline, ...Object.fromEntries(said) } };
}

export function figuresOfForeignResults(document: ForeignResults): ForeignFigures {
  const gates = [...(document.primary_gate ? [document.primary_gate] : []), ...document.secondary_gates];
  const named = gates.map((gate) => ({ ...gate, figure: figureOfForeign(gate.metric ?? gate.gate ?? '') }));
  const of = (key: 'value' | 'baseline') => Object.fromEntries(named.map((gate) => [gate.figure, gate[key]] as const));
  return {
    confusion: document.confusion_matrix ?? null,
    metrics: { ...of('value'), ...document.metrics },
    baseline: of('baseline'),
    columns: columnsOf(document),
    failed: Object.fromEntries(
      named.filter(({ passed }) => passed === false).map((gate) => [gate.figure, statement(gate)]),
    ),
  };
}

export function figuresOfForeignAnswer(document: ForeignAnswer): ForeignFigures {
  const { recall, precision, roc_auc, avg_precision: average_precision } = document;
  return {
    confusion: confusionOfForeign(document),
    metrics: { recall, precision, roc_auc, average_precision },
    baseline: {},
    columns: {},
    failed: {},
  };
}

/**
 * Holds the project's rules against another system's figures. Rates come from its counts, baselines from its gates. Where
 * a rule cannot be judged and the document says that its own gate on the same thing failed, that failure stands; that it
 * passed is no proof.
 */
export function judgeForeign(
  { monitor }: Pick<ProjectFile, 'monitor'>,
  found: ForeignFigures,
  waivers: readonly Waiver[],
  now: Date,
): GateOutcome {
  const { gates } = evaluateGates({
    rules: productionRules(monitor.gates).judged,
    soft: monitor.soft,
    figures: { figures: modelFigures(found), columns: found.columns },
    baseline: found.baseline,
    window: { from: null, to: null },
    waivers,
    now,
  });
  return outcomeOf(
    gates.map((gate) => stated(gate, found.failed, waiverOf(gate.id, waivers, now) !== undefined)),
    monitor.soft,
  );
}

function modelFigures({ confusion, metrics }: ForeignFigures): Record<string, Figure> {
  const recorded = Object.entries(metrics).map(([name, value]): [string, Figure] => {
    const n = confusion === null ? null : confusion.tp + confusion.fp + confusion.fn + confusion.tn;
    return [name, { value, n, method }];
  });
  if (confusion === null) return Object.fromEntries(recorded);
  const n = confusion.tp + confusion.fp + confusion.fn + confusion.tn;
  const rates = { ...figuresOfConfusion(confusion), confusion, n, reasons: {} };
  const counted = Object.entries(qualityFigures('binary', rates as unknown as SplitFigures));
  return Object.fromEntries([...recorded, ...counted.filter(([, { value }]) => value !== null)]);
}

/** Only columns that failed are recorded: of the others nothing is known. */
function columnsOf(document: ForeignResults): FigureSet['columns'] {
  const columns: FigureSet['columns'] = {};
  for (const { feature, check, gate, value } of document.data_quality_issues) {
    const what = `${check ?? ''} ${gate ?? ''}`;
    const figure = /null/i.test(what) ? 'null_pct' : /drift|z.?score/i.test(what) ? 'z_mean' : undefined;
    if (feature !== undefined && figure !== undefined) (columns[figure] ??= {})[feature] = { value, n: null, method };
  }
  return columns;
}

/** A count and its rate are gated on the same thing. */
const counts: Record<string, string> = { fpr: 'false_positives', fnr: 'false_negatives' };

function stated(gate: GateResult, failed: Record<string, string>, waived: boolean): GateResult {
  if (gate.status !== 'inconclusive') return gate;
  const statement = failed[gate.metric] ?? failed[counts[gate.metric] ?? ''];
  if (statement === undefined) return gate;
  const status = gate.level === 'advisory' || waived ? 'warn' : 'fail';
  return { ...gate, status, method, message: `${gate.message}; the document says that ${statement}` };
}

function statement({ metric, gate, value, target }: ForeignGate): string {
  const figures = value === null || target === null ? '' : ` (${value}, its limit was ${target})`;
  return `its gate "${metric ?? gate ?? ''}" failed${figures}`;
}
