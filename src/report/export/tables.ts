import type { Block, TableBlock, TableCell } from '../blocks/blocks.js';
import { csvOf } from './csv.js';
import { isAbsent, type AnyView, type EvaluationView, type Figure, type ReportView } from '../view.js';

/** Every table that a report holds, also those that it draws in a way of their own, in the order of the page. */
export function tablesOf(view: AnyView): TableBlock[] {
  switch (view.kind) {
    case 'monitoring':
      return monitoringTables(view);
    case 'evaluation':
      return [figuresTable(view), importanceTable(view), ...view.blocks.flatMap(tableIn)].filter(
        ({ rows }) => rows.length > 0,
      );
    case 'page':
      return view.blocks.flatMap(tableIn);
  }
}

/** One of them as a file; `extra`: a table that came later, such as the rows behind a figure. */
export function tableOf(view: AnyView, id: string, extra?: TableBlock): { name: string; csv: string } | undefined {
  const table = extra ?? tablesOf(view).find((one) => one.id === id);
  return table && { name: `${table.id.replace(/[^\w-]+/g, '-')}.csv`, csv: csvOf(table) };
}

function tableIn(block: Block): TableBlock[] {
  if (block.type === 'table') return [block];
  return block.type === 'chart' && block.table ? [block.table] : [];
}

function monitoringTables(view: ReportView): TableBlock[] {
  const charts = [view.roc, view.calibration].flatMap((part) =>
    part && !isAbsent(part) && part.table ? [part.table] : [],
  );
  const tables = [view.slices, view.drift].flatMap((part) => (part && !isAbsent(part) ? [part] : []));
  return [...gatesTable(view), ...matrixTable(view), ...metricsTable(view), ...prTable(view), ...charts, ...tables];
}

const column = (id: string, number = false) => ({ id, title: id, number });
const cell = (text: string): TableCell => ({ text, sort: text });
const figureCell = ({ value, text }: Figure): TableCell => ({ text, sort: value });

function gatesTable({ gates }: ReportView): TableBlock[] {
  if (gates === null || isAbsent(gates)) return [];
  return [
    {
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
    },
  ];
}

function matrixTable({ matrix }: ReportView): TableBlock[] {
  if (matrix === null || isAbsent(matrix)) return [];
  return [
    {
      type: 'table',
      id: 'confusion',
      title: 'Confusion',
      columns: [column('cell'), column('rows', true), column('meaning')],
      rows: matrix.cells.map(({ cell: id, count, text, detail }) => ({
        id,
        cells: [cell(id), { text, sort: count }, cell(detail)],
      })),
    },
  ];
}

function metricsTable({ metrics }: ReportView): TableBlock[] {
  if (metrics.length === 0) return [];
  return [
    {
      type: 'table',
      id: 'figures',
      title: 'Figures',
      columns: [column('figure'), column('value', true), column('baseline', true), column('interval')],
      rows: metrics.map(({ id, value, baseline, interval }) => ({
        id,
        cells: [cell(id), figureCell(value), figureCell(baseline), cell(interval)],
      })),
    },
  ];
}

/** The points of the curves themselves. */
function prTable({ pr }: ReportView): TableBlock[] {
  if (pr === null || isAbsent(pr)) return [];
  return [
    {
      type: 'table',
      id: 'pr',
      title: 'Precision – recall',
      columns: [column('curve'), column('recall', true), column('precision', true)],
      rows: pr.curves.flatMap(({ name, recall, precision }) =>
        recall.map((x, at) => ({
          id: `${name} ${at}`,
          cells: [
            cell(name),
            { text: String(x), sort: x },
            { text: String(precision[at]), sort: precision[at] ?? null },
          ],
        })),
      ),
    },
  ];
}

function figuresTable({ splits }: EvaluationView): TableBlock {
  return {
    type: 'table',
    id: 'figures',
    title: 'Figures',
    columns: [column('split'), column('figure'), column('candidate'), column('value', true), column('best')],
    rows: splits.flatMap(({ split, metrics }) =>
      metrics.flatMap(({ id, figures }) =>
        figures.map(({ candidate, figure, best }) => ({
          id: `${split} ${id} ${candidate}`,
          cells: [cell(split), cell(id), cell(candidate), figureCell(figure), cell(best ? 'yes' : 'no')],
        })),
      ),
    ),
  };
}

function importanceTable({ candidates }: EvaluationView): TableBlock {
  return {
    type: 'table',
    id: 'importance',
    title: 'Importance',
    columns: [column('candidate'), column('feature'), column('share of the largest', true)],
    rows: candidates.flatMap(({ name, importance }) =>
      importance === null || isAbsent(importance)
        ? []
        : importance.map(({ column: feature, share, text }) => ({
            id: `${name} ${feature}`,
            cells: [cell(name), cell(feature), { text, sort: share }],
          })),
    ),
  };
}
