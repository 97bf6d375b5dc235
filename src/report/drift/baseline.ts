import type { ColumnStatistics } from '../../documents/baselines.js';
import type { PageView } from '../blocks/blocks.js';
import { formatCount } from '../format/numbers.js';
import { overlayOf } from '../blocks/overlay.js';
import { countCell, numberCell, textCell } from '../blocks/cells.js';
import { plural } from '../format/words.js';
import { page, type PageContext } from '../blocks/page.js';

const figures = ['mean', 'std', 'min', 'q1', 'median', 'q3', 'max'] as const;

/** What the training rows looked like, column by column. */
export function dataBaselinePage(
  columns: Record<string, Partial<ColumnStatistics>>,
  origin: string | null,
  context: PageContext,
): PageView {
  const entries = Object.entries(columns);
  const rows = entries.reduce((most, [, { count }]) => Math.max(most, count ?? 0), 0);
  const drawn = entries.some(([, { histogram }]) => histogram);
  return page(context, {
    about: 'data-quality-baseline',
    title: 'data quality baseline',
    origin,
    headline: `What ${entries.length} ${plural(entries.length, 'column')} looked like in training`,
    summary: rows > 0 ? `Statistics of up to ${formatCount(rows)} values a column; nulls are not counted.` : '',
    blocks: [
      {
        type: 'table',
        id: 'columns',
        title: 'Columns',
        columns: [
          { id: 'column', title: 'Column' },
          ...(drawn ? [{ id: 'shape', title: 'Distribution' }] : []),
          ...figures.map((id) => ({ id, title: id === 'std' ? 'standard deviation' : id, number: true })),
          { id: 'null_pct', title: 'null %', number: true },
          { id: 'count', title: 'Values', number: true },
        ],
        rows: entries.map(([name, statistics]) => {
          const shares = statistics.histogram?.shares;
          const overlay = shares ? overlayOf({ baseline: shares, current: shares }) : null;
          return {
            id: name,
            cells: [
              textCell(name, 40),
              ...(drawn
                ? [
                    overlay
                      ? { text: '', sort: null, overlay: { ...overlay, current: '', label: `distribution of ${name}` } }
                      : textCell(null),
                  ]
                : []),
              ...figures.map((id) => numberCell(statistics[id])),
              numberCell(statistics.null_pct, { decimals: 1 }),
              countCell(statistics.count),
            ],
          };
        }),
      },
    ],
  });
}
