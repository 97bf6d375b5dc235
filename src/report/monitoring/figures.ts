import { nameOf } from '../format/figure-names.js';
import { commonDecimals, figureOf, formatNumber } from '../format/numbers.js';
import type { Subject } from './report-source.js';
import type { MetricView } from '../view.js';

/** The figures that no gate's line shows already, each with its baseline. */
export function metricViews(subject: Subject): MetricView[] {
  const gated = subject.task === 'regression' ? new Set<string>() : new Set(subject.gates.map(({ metric }) => metric));
  return Object.entries(subject.metrics)
    .filter(([id]) => !gated.has(id))
    .map(([id, value]) => metricView(id, value, subject));
}

function metricView(id: string, value: number | null, subject: Subject): MetricView {
  const name = nameOf(id);
  const baseline = subject.baselineMetrics[id] ?? null;
  const decimals = name.decimals ?? commonDecimals([value, baseline]);
  return {
    id,
    title: name.title,
    value: figureOf(value, subject.reasons[id], decimals),
    baseline: figureOf(baseline, 'the baseline does not record it', decimals),
    betterIs: name.betterIs,
    decimals: name.decimals ?? null,
    interval: intervalText(subject.intervals[id], decimals),
    change: value === null || baseline === null ? '' : changeOf(value, baseline, name.betterIs, decimals),
  };
}

/** A figure alone says nothing about how far chance could have moved it. */
function intervalText(interval: readonly [number, number] | undefined, decimals: number): string {
  if (!interval) return '';
  return `95 % interval ${formatNumber(interval[0], decimals)} – ${formatNumber(interval[1], decimals)}`;
}

/** Which way it moved, in words: a colour alone would not say it. From the figures as shown, so that the sum adds up. */
export function changeOf(value: number, baseline: number, betterIs: 'higher' | 'lower', decimals: number): string {
  const change = Number(value.toFixed(decimals)) - Number(baseline.toFixed(decimals));
  if (Math.abs(change) < 0.5 * 10 ** -decimals) return 'as the baseline';
  return `${formatNumber(Math.abs(change), decimals)} ${change > 0 === (betterIs === 'higher') ? 'better' : 'worse'}`;
}
