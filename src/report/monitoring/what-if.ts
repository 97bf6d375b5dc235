import type { Confusion } from '../../documents/evaluation.js';
import { countedCell } from './matrix.js';
import { changeOf } from './figures.js';
import { commonDecimals, countOf, figureOf, formatNumber } from '../format/numbers.js';
import { movesWithThreshold, rateOfConfusion } from './rate-of-confusion.js';
import type { Figure, GateView, MetricView, PrView } from '../view.js';
import { cellWords, plural } from '../format/words.js';

/** The answer's place on the page, at a threshold that nobody recorded. */
export interface WhatIf {
  /** "What if the threshold were 0.12: recall 0.833, precision 0.006". */
  headline: string;
  summary: string;
}

/** What the model would have found; says what the recorded answer is, which stays. */
export function whatIfOf(threshold: Figure, confusion: Confusion, failing: number, gates: number): WhatIf {
  const rate = (name: 'recall' | 'precision') => figureOf(rateOfConfusion(name, confusion).value).text;
  const { tp, fn, fp } = confusion;
  return {
    headline: `What if the threshold were ${threshold.text}: recall ${rate('recall')}, precision ${rate('precision')}`,
    summary:
      `The model would find ${countOf(tp).text} of ${countOf(tp + fn).text} ${plural(tp + fn, 'positive')} and raise ` +
      `${countOf(fp).text} false ${plural(fp, 'alarm')}; ${failing} of ${gates} rate ${plural(gates, 'gate')} would fail. ` +
      'Nothing is saved: the verdict and the decision stay as recorded.',
  };
}

/** The other figures that follow from the matrix alone. */
export function metricsAt(metrics: readonly MetricView[], confusion: Confusion): MetricView[] {
  return metrics.flatMap((metric) => {
    return movesWithThreshold(metric.id) ? [metricAt(metric, rateOfConfusion(metric.id, confusion).value)] : [];
  });
}

function metricAt(metric: MetricView, value: number | null): MetricView {
  const { baseline } = metric;
  const decimals = decimalsOf(metric, value);
  const shown = figureOf(value, 'nothing to divide by at this threshold', decimals);
  const change =
    value === null || baseline.value === null ? '' : changeOf(value, baseline.value, metric.betterIs, decimals);
  return { ...metric, value: shown, change, interval: `recorded ${metric.value.text}` };
}

function decimalsOf({ decimals, baseline }: MetricView, value: number | null): number {
  return decimals ?? commonDecimals([value, baseline.value]);
}

/** How many rows stand behind a gate; none of them can be opened, for rows are those of the recorded threshold. */
export function evidenceAt(gate: GateView, confusion: Confusion): GateView['evidence'] {
  const cell = gate.rate && countedCell(gate.rate.figure);
  if (!gate.evidence || !cell) return gate.evidence;
  return { label: `${countOf(confusion[cell]).text} ${cellWords[cell].label}`, columns: [], action: null };
}

/** Where the model would work on the two curves; null over nothing. */
export function pointsAt(confusion: Confusion): { pr: PrView['now']; roc: { x: number; y: number } | null } {
  const [recall, precision, fpr] = (['recall', 'precision', 'fpr'] as const).map(
    (name) => rateOfConfusion(name, confusion).value,
  );
  return {
    pr:
      recall == null || precision == null
        ? null
        : { recall, precision, label: `what if: recall ${formatNumber(recall)}, precision ${formatNumber(precision)}` },
    roc: recall == null || fpr == null ? null : { x: fpr, y: recall },
  };
}
