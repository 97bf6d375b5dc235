import { countCell, textCell } from '../blocks/cells.js';
import type { TableBlock, TableCell } from '../blocks/blocks.js';
import { formatCount, formatNumber } from '../format/numbers.js';
import { plural } from '../format/words.js';
import { readable, type ClassRows } from './readable.js';

/** The confusion matrix of several classes: a row a true class, tinted by where its rows went. */
export function classMatrix(rows: ClassRows, what?: string): TableBlock {
  const { names, counts, others } = readable(rows);
  const total = counts.flat().reduce((sum, count) => sum + count, 0);
  return {
    type: 'table',
    id: 'class-matrix',
    title: `Confusion${what ? `, ${what}` : ''}`,
    columns: [
      { id: 'class', title: 'True class' },
      { id: 'rows', title: 'Rows', number: true },
      ...names.map((name, place) => ({ id: `as ${place}`, title: `as ${textCell(name, 24).text}`, number: true })),
    ],
    rows: counts.map((row, place) => {
      const size = row.reduce((sum, count) => sum + count, 0);
      return {
        id: names[place]!,
        cells: [
          { ...textCell(names[place], 30), strong: true },
          countCell(size),
          ...row.map((count, at) => {
            const mixed = others > 0 && place === names.length - 1 && at === place;
            return matrixCell(count, size, mixed ? null : at === place);
          }),
        ],
      };
    }),
    note: [
      `${formatCount(total)} ${plural(total, 'row')}: each line is a true class, each column what its rows were predicted as, with their share of the line; on the diagonal they are right.`,
      others > 0 ? `The ${formatCount(others)} smallest classes are counted together as others.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  };
}

/** @param right null: among the others hits and mistakes cannot be told apart, and nothing is tinted */
function matrixCell(count: number, size: number, right: boolean | null): TableCell {
  const share = size > 0 ? count / size : 0;
  return {
    ...countCell(count),
    ...(count > 0 ? { note: `${shareText(100 * share)} %` } : {}),
    ...(right ? { strong: true } : {}),
    ...(right === null ? {} : { heat: { share, right } }),
  };
}

/** Never 0 % of what is there, nor all where a part is missing. */
function shareText(percent: number): string {
  if (percent < 1) return '< 1';
  return percent < 100 && percent > 99 ? '> 99' : formatNumber(percent, 0);
}
