import type { TableBlock } from '../blocks/blocks.js';
import { isAbsent, type AnyView, type EvaluationView } from '../view.js';
import { cell, column, figureCell, tablesIn } from './block-tables.js';
import { csvOf } from './csv.js';

/** Every table that a report holds, also those that it draws in a way of their own, in the order of the page. */
export function tablesOf(view: AnyView): TableBlock[] {
  switch (view.kind) {
    case 'monitoring':
      return view.sections.flatMap(({ block }) => tablesIn(block));
    case 'evaluation':
      return [figuresTable(view), importanceTable(view), ...view.blocks.flatMap(tablesIn)].filter(
        ({ rows }) => rows.length > 0,
      );
    case 'page':
      return view.blocks.flatMap(tablesIn);
  }
}

/** One of them as a file; `extra`: a table that came later, such as the rows behind a figure. */
export function tableOf(view: AnyView, id: string, extra?: TableBlock): { name: string; csv: string } | undefined {
  const table = extra ?? tablesOf(view).find((one) => one.id === id);
  return table && { name: `${table.id.replace(/[^\w-]+/g, '-')}.csv`, csv: csvOf(table) };
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
