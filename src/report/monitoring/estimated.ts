import type { TilesBlock } from '../blocks/blocks.js';
import { nameOf } from '../format/figure-names.js';
import { commonDecimals, figureOf, formatCount, formatNumber } from '../format/numbers.js';
import { changeOf } from './figures.js';
import type { ReportSource } from './report-source.js';

const width = 1.959963984540054;

/** What the figures of rows without a label are estimated to be; null where nothing is estimated. */
export function estimatedOf({ estimated, baselineMetrics }: ReportSource): TilesBlock | null {
  const found = Object.entries(estimated);
  if (found.length === 0) return null;
  const rows = formatCount(found[0]![1].n);
  return {
    type: 'tiles',
    id: 'estimated',
    title: `Estimated for ${rows} rows without a label`,
    tiles: found.map(([id, { value, error }]) => {
      const { title, betterIs, decimals } = nameOf(id);
      const baseline = baselineMetrics[id] ?? null;
      const shown = decimals ?? commonDecimals([value, baseline]);
      const ends = [value - width * error, value + width * error].map((end) => formatNumber(end, shown));
      return {
        id: `estimated ${id}`,
        title: `estimated ${title}`,
        value: figureOf(value, undefined, shown),
        note: `95 % interval ${ends.join(' – ')}`,
        baseline: figureOf(baseline, 'the baseline does not record it', shown),
        change: baseline === null ? '' : changeOf(value, baseline, betterIs, shown),
        betterIs,
      };
    }),
  };
}
