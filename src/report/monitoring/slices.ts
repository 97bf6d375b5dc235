import type { Slice } from '../../documents/slices.js';
import type { TableBlock } from '../blocks/blocks.js';
import { isInClassTable } from '../classes/class-table.js';
import { nameOf } from '../format/figure-names.js';
import { commonDecimals, formatCount, formatNumber } from '../format/numbers.js';
import { offered } from '../actions.js';
import type { ReportContext } from '../report-context.js';
import { countCell, numberCell, textCell } from '../blocks/cells.js';
import type { Part } from '../view.js';

export interface SlicesSource {
  slices: Slice[] | null;
  worst: string | null;
  /** The figures of all rows, to compare with. */
  metrics: Record<string, number | null>;
  n: number | null;
}

/** The figures of every group of rows, the worst one named. */
export function slicesOf(
  source: SlicesSource,
  context: Pick<ReportContext, 'commands' | 'overrides' | 'now'>,
): Part<TableBlock> {
  const { slices, worst, metrics } = source;
  if (!slices || slices.length === 0) return null;
  const figures = [...new Set(slices.flatMap((slice) => Object.keys(slice.figures)))];
  const decimals = new Map(
    figures.map((id) => [
      id,
      nameOf(id).decimals ?? commonDecimals([metrics[id] ?? null, ...slices.map((slice) => slice.figures[id] ?? null)]),
    ]),
  );
  const positives = slices.some((slice) => slice.positives !== null);
  const order = (slice: Slice) => (slice.slice === worst ? 0 : 1);
  return {
    type: 'table',
    id: 'slices',
    title: 'Slices',
    filter: worst === null ? undefined : 'Only the worst',
    columns: [
      { id: 'slice', title: 'Slice' },
      { id: 'n', title: 'n', number: true },
      ...(positives ? [{ id: 'positives', title: 'Positives', number: true }] : []),
      ...figures.map((id) => ({
        ...{ id, title: nameOf(id).title, number: true },
        // Four a class would bury the others.
        ...(isInClassTable(id) ? { hidden: true } : {}),
      })),
    ],
    rows: [...slices]
      .sort((a, b) => order(a) - order(b))
      .map((slice) => {
        const isWorst = slice.slice === worst;
        const open = offered(context, { command: 'showRows', label: slice.slice, argument: `slice:${slice.slice}` });
        return {
          id: slice.slice,
          marked: isWorst,
          answer: isWorst ? ('warn' as const) : undefined,
          cells: [
            { ...textCell(isWorst ? `${slice.slice} (worst)` : slice.slice, 60), sort: slice.slice, strong: isWorst },
            countCell(slice.n),
            ...(positives ? [countCell(slice.positives, 'not counted')] : []),
            ...figures.map((id) =>
              numberCell(slice.figures[id], { decimals: decimals.get(id), reason: slice.reasons[id] }),
            ),
          ],
          ...(open ? { open } : {}),
        };
      }),
    note: noteOf(source, figures),
  };
}

function noteOf({ worst, metrics, n }: SlicesSource, figures: string[]): string {
  const all = figures
    .filter((id) => metrics[id] != null)
    .slice(0, 3)
    .map((id) => `${nameOf(id).title} ${formatNumber(metrics[id]!)}`);
  return [
    worst === null ? '' : `Worst by the deciding figure: ${worst}.`,
    all.length > 0 ? `All${n === null ? '' : ` ${formatCount(n)}`} rows: ${all.join(', ')}.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}
