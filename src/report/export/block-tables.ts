import type { Block, ChartBlock, TableBlock, TableCell, TilesBlock } from '../blocks/blocks.js';
import type { GatesBlock } from '../blocks/gates-block.js';
import type { MatrixBlock } from '../matrix-block.js';
import type { Figure } from '../view-parts.js';

/** The tables that a block holds, for CSV, also where it is drawn in a way of its own. */
export function tablesIn(block: Block): TableBlock[] {
  switch (block.type) {
    case 'table':
      return [withNotes(block)];
    case 'chart':
      return [...pointsTable(block), ...(block.table ? [block.table] : [])];
    case 'gates':
      return block.gates.length > 0 ? [gatesTable(block)] : [];
    case 'matrix':
      return [matrixTable(block)];
    case 'tiles':
      return [tilesTable(block)];
    case 'beeswarm':
    case 'waterfall':
    case 'map':
    case 'text':
      return [];
  }
}

export const column = (id: string, number = false) => ({ id, title: id, number });
export const cell = (text: string): TableCell => ({ text, sort: text });
export const figureCell = ({ value, text }: Figure): TableCell => ({ text, sort: value });

/** What stands small below a figure is a column of its own behind it. */
function withNotes(block: TableBlock): TableBlock {
  if (block.columns.every(({ notes }) => notes === undefined)) return block;
  const beside = <T>(of: readonly T[], note: (own: T) => T) =>
    of.flatMap((own, at) => (block.columns[at]?.notes === undefined ? [own] : [own, note(own)]));
  return {
    ...block,
    columns: beside(block.columns, ({ notes }) => column(notes!)),
    rows: block.rows.map((row) => ({ ...row, cells: beside(row.cells, ({ note }) => cell(note ?? '')) })),
  };
}

function gatesTable({ gates }: GatesBlock): TableBlock {
  return {
    type: 'table',
    id: 'gates',
    title: 'Gates',
    columns: [
      column('answer'),
      column('gate'),
      column('level'),
      column('value', true),
      column('must be'),
      column('baseline', true),
      column('n', true),
      column('why'),
    ],
    rows: gates.map(({ id, word, levelText, value, mustBe, baseline, n, why }) => ({
      id,
      cells: [
        cell(word),
        cell(id),
        cell(levelText),
        figureCell(value),
        cell(mustBe),
        figureCell(baseline),
        figureCell(n),
        cell(why),
      ],
    })),
  };
}

function matrixTable({ cells }: MatrixBlock): TableBlock {
  return {
    type: 'table',
    id: 'confusion',
    title: 'Confusion',
    columns: [column('cell'), column('rows', true), column('meaning')],
    rows: cells.map(({ cell: id, count, text, detail }) => ({
      id,
      cells: [cell(id), { text, sort: count }, cell(detail)],
    })),
  };
}

function tilesTable({ tiles }: TilesBlock): TableBlock {
  const compared = tiles.some(({ baseline }) => baseline !== undefined);
  const none: Figure = { value: null, text: '', reason: null };
  return {
    type: 'table',
    id: 'figures',
    title: 'Figures',
    columns: [
      column('figure'),
      column('value', true),
      ...(compared ? [column('baseline', true), column('interval')] : []),
    ],
    rows: tiles.map(({ id, value, baseline, note }) => ({
      id,
      cells: [cell(id), figureCell(value), ...(compared ? [figureCell(baseline ?? none), cell(note)] : [])],
    })),
  };
}

/** The points of the lines themselves, where the chart's own table does not hold them all. */
function pointsTable({ id, title, series, x: across, y: up, table }: ChartBlock): TableBlock[] {
  const lines = series.filter(({ role }) => role !== 'now');
  const most = Math.max(0, ...lines.map(({ x }) => x.length));
  if (most === 0 || (table && table.rows.length >= most)) return [];
  return [
    {
      type: 'table',
      id,
      title,
      columns: [column('curve'), column(across.title, true), column(up.title, true)],
      rows: lines.flatMap(({ name, x, y }) =>
        x.map((value, at) => ({
          id: `${name} ${at}`,
          cells: [cell(name), { text: String(value), sort: value }, { text: String(y[at] ?? ''), sort: y[at] ?? null }],
        })),
      ),
    },
  ];
}
