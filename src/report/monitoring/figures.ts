import { isInClassTable } from '../classes/class-table.js';
import { nameOf } from '../format/figure-names.js';
import { commonDecimals, figureOf, formatNumber } from '../format/numbers.js';
import type { ReportSource } from './report-source.js';
import type { TilesBlock, TileView } from '../blocks/blocks.js';

/** The figures that no gate's line and no table of classes shows already, each with its baseline; null where there are none. */
export function figuresOf(source: ReportSource, title: string): TilesBlock | null {
  const gated = source.task === 'regression' ? new Set<string>() : new Set(source.gates.map(({ metric }) => metric));
  const tiles = Object.entries(source.metrics)
    .filter(([id]) => !gated.has(id) && !(source.byClass && (isInClassTable(id) || id.startsWith(averagedRows))))
    .map(([id, value]) => tileOf(id, value, source));
  return tiles.length === 0 ? null : { type: 'tiles', id: 'metrics', title, tiles };
}

/** Averages over all rows of several classes are the accuracy under other names. */
const averagedRows = 'micro_';

function tileOf(id: string, value: number | null, source: ReportSource): TileView {
  const { title, betterIs, decimals } = nameOf(id);
  const baseline = source.baselineMetrics[id] ?? null;
  const shown = decimals ?? commonDecimals([value, baseline]);
  return {
    id,
    title,
    value: figureOf(value, source.reasons[id], shown),
    note: intervalText(source.intervals[id], shown),
    baseline: figureOf(baseline, 'the baseline does not record it', shown),
    change: value === null || baseline === null ? '' : changeOf(value, baseline, betterIs, shown),
    betterIs,
    ...(decimals === undefined ? {} : { decimals }),
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
