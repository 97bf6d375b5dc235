import type { Confusion } from '../../documents/evaluation.js';
import type { Operator } from '../../documents/verdict.js';
import { softNote } from './gates.js';
import { blamedCells, cellsOf } from './matrix.js';
import { nameOf } from '../format/figure-names.js';
import { countOf, figureOf, formatNumber } from '../format/numbers.js';
import type { Subject } from './report-source.js';
import type { Answer, CellView, Figure, GateView, MetricView, Part, ReportView, SweepView } from '../view.js';
import { answerWords, plural } from '../format/words.js';
import { barOf } from '../blocks/bar.js';
import { rateOfConfusion } from './rate-of-confusion.js';
import { evidenceAt, metricsAt, pointsAt, whatIfOf, type WhatIf } from './what-if.js';

/** The sweep of a document, with the position that does what its recorded threshold does. */
export function sweepOf(subject: Subject): Part<SweepView> {
  if (subject.task !== 'binary' || !subject.confusion) return null;
  const sweep = subject.curves?.sweep;
  if (!sweep || sweep.threshold.length < 2) {
    return { absent: 'No sweep over thresholds is recorded, so the threshold cannot be moved here.' };
  }
  const { threshold, tp, fp, fn, tn } = sweep;
  return { threshold, tp, fp, fn, tn, recorded: recordedPosition(threshold, subject.threshold) };
}

/** A row is flagged at its score or above: the first of the rising thresholds that is not below the recorded one. */
function recordedPosition(thresholds: readonly number[], recorded: number | null): number {
  if (recorded === null) return 0;
  const at = thresholds.findIndex((threshold) => threshold >= recorded - 1e-12);
  return at < 0 ? thresholds.length - 1 : at;
}

export function confusionAt(sweep: SweepView, position: number): Confusion {
  return {
    tp: sweep.tp[position] ?? 0,
    fp: sweep.fp[position] ?? 0,
    fn: sweep.fn[position] ?? 0,
    tn: sweep.tn[position] ?? 0,
  };
}

/** A gate as it would be at another threshold. */
export interface GateAtThreshold {
  id: string;
  status: Answer;
  word: string;
  value: Figure;
  n: Figure;
  bar: GateView['bar'];
  why: string;
  evidence: GateView['evidence'];
}

export interface AtThreshold {
  threshold: Figure;
  cells: CellView[];
  /** Only the gates that move with the threshold. */
  gates: GateAtThreshold[];
  /** Only the other figures that move with it. */
  metrics: MetricView[];
  /** What the soft gates would say together; null without soft gates. */
  soft: string | null;
  /** What stands in the place of the answer. */
  whatIf: WhatIf;
  /** Where the model would work on the curves; null over nothing. */
  points: ReturnType<typeof pointsAt>;
  /** All of it in one sentence, to be read aloud. */
  summary: string;
}

/** What everything that follows from the matrix would be at a position of the sweep. Changes nothing. */
export function atThreshold(
  sweep: SweepView,
  position: number,
  gates: readonly GateView[],
  metrics: readonly MetricView[] = [],
  soft: ReportView['soft'] = null,
): AtThreshold {
  const confusion = confusionAt(sweep, position);
  const moved = gates.flatMap((gate) => (gate.rate ? [gateAt(gate, gate.rate, confusion)] : []));
  const judged = gates.map((gate) => ({
    ...gate,
    status: moved.find(({ id }) => id === gate.id)?.status ?? gate.status,
  }));
  const threshold = figureOf(sweep.threshold[position]);
  const failing = moved.filter(({ status }) => status === 'fail' || status === 'warn').length;
  const { tp, fn, fp } = confusion;
  return {
    threshold,
    cells: cellsOf(confusion, blamedCells(judged)),
    gates: moved,
    metrics: metricsAt(metrics, confusion),
    soft: soft && softNote({ ...soft, failed: judged.filter(isFailedSoft).length }),
    whatIf: whatIfOf(threshold, confusion, failing, moved.length),
    points: pointsAt(confusion),
    summary:
      `Threshold ${threshold.text}: ${countOf(tp).text} found, ${countOf(fn).text} missed, ` +
      `${countOf(fp).text} false alarms; ${failing} of ${moved.length} rate ${plural(moved.length, 'gate')} would fail`,
  };
}

const isFailedSoft = ({ level, status }: GateView) => level === 'soft' && status === 'fail';

function gateAt(gate: GateView, rate: NonNullable<GateView['rate']>, confusion: Confusion): GateAtThreshold {
  const { value, n } = rateOfConfusion(rate.figure, confusion);
  const status = statusAt(gate, rate, value);
  const shown = figureOf(value, 'nothing to divide by at this threshold', rate.decimals);
  const limit = rate.limit === null ? null : formatNumber(rate.limit, rate.decimals);
  return {
    id: gate.id,
    status,
    word: answerWords[status],
    value: shown,
    n: countOf(n),
    bar: barOf(value, rate.limit, nameOf(rate.figure).unit, { value: shown.text, limit }),
    why: value === null ? shown.reason! : `recorded ${gate.value.text}`,
    evidence: evidenceAt(gate, confusion),
  };
}

/** Too few rows stay too few whatever the threshold; otherwise the rule decides. */
function statusAt(gate: GateView, rate: NonNullable<GateView['rate']>, value: number | null): Answer {
  if (gate.status === 'inconclusive' || gate.status === 'error' || gate.status === 'unknown') return gate.status;
  if (value === null || rate.limit === null) return 'inconclusive';
  if (holds(value, rate.operator, rate.limit)) return 'pass';
  // A hard or soft gate that warns is waived.
  return gate.level === 'advisory' || gate.status === 'warn' ? 'warn' : 'fail';
}

function holds(value: number, operator: Operator, limit: number): boolean {
  switch (operator) {
    case '>=':
      return value >= limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '<':
      return value < limit;
    case '==':
      return value === limit;
    case '!=':
      return value !== limit;
  }
}
