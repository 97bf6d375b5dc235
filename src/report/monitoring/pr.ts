import type { Curves } from '../../documents/evaluation.js';
import { formatLimit, formatNumber, missing } from '../format/numbers.js';
import type { Subject } from './report-source.js';
import type { CurveView, Part, PrView } from '../view.js';
import { versionWord } from '../format/words.js';

/** Precision against recall, now and at the baseline, with the point where the model works and the floor. */
export function prOf(subject: Subject): Part<PrView> {
  if (subject.task !== 'binary') return null;
  const curves = [
    curveOf(subject.baselineCurves, 'baseline', baselineName(subject)),
    curveOf(subject.curves, 'current', 'production'),
  ].filter((curve) => curve !== null);
  if (curves.length === 0) return { absent: 'No precision – recall curve is recorded.' };
  const now = nowOf(subject);
  const floor = floorOf(subject);
  return {
    title: curves.length === 2 ? 'Precision – recall, production against baseline' : 'Precision – recall',
    curves,
    now,
    floor,
    summary: prSummary({ curves, floor }, now),
    table: tableOf(curves),
  };
}

function baselineName({ baselineId }: Subject): string {
  return baselineId ? `baseline ${versionWord(baselineId)}` : 'baseline';
}

function curveOf(curves: Curves | null, role: CurveView['role'], name: string): CurveView | null {
  const pr = curves?.pr;
  return pr && pr.recall.length > 1 ? { name, role, recall: pr.recall, precision: pr.precision } : null;
}

function nowOf({ confusion, metrics }: Subject): PrView['now'] {
  const recall = metrics.recall ?? (confusion && ratio(confusion.tp, confusion.tp + confusion.fn));
  const precision = metrics.precision ?? (confusion && ratio(confusion.tp, confusion.tp + confusion.fp));
  if (recall == null || precision == null) return null;
  return { recall, precision, label: `now: recall ${formatNumber(recall)}, precision ${formatNumber(precision)}` };
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

function floorOf({ gates }: Subject): PrView['floor'] {
  const gate = gates.find(({ metric, operator }) => metric === 'recall' && operator.startsWith('>'));
  if (gate?.threshold == null) return null;
  return { recall: gate.threshold, label: `floor ${formatLimit(gate.threshold, 3)}` };
}

/** The best precision that is still to be had at a recall or above; null where the curve does not reach it. */
export function precisionAt(curve: Pick<CurveView, 'recall' | 'precision'>, recall: number): number | null {
  let best: number | null = null;
  curve.recall.forEach((at, i) => {
    const precision = curve.precision[i]!;
    if (at >= recall - 1e-9 && (best === null || precision > best)) best = precision;
  });
  return best;
}

/** The chart in one sentence, where the model works now or would work. */
export function prSummary({ curves, floor }: Pick<PrView, 'curves' | 'floor'>, now: PrView['now']): string {
  const at = now?.recall ?? floor?.recall ?? 0.5;
  const told = curves.map((curve) => {
    const precision = curve.role === 'current' && now ? now.precision : precisionAt(curve, at);
    return `${precision === null ? 'not reached' : formatNumber(precision)} (${curve.name})`;
  });
  const floorText = floor ? ` Recall must be at least ${floor.label.replace('floor ', '')}.` : '';
  return `Precision at recall ${formatNumber(at)}: ${told.join(', ')}.${floorText}`;
}

const recalls = [0.1, 0.25, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

function tableOf(curves: CurveView[]): PrView['table'] {
  return recalls.map((recall) => ({
    recall: formatNumber(recall, 2),
    cells: curves.map((curve) => {
      const precision = precisionAt(curve, recall);
      return { name: curve.name, text: precision === null ? missing : formatNumber(precision) };
    }),
  }));
}
