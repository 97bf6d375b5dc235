import type { QueryResult } from '../../documents/tables/query-result.js';
import type { PageView, TableBlock, TableCell } from '../blocks/blocks.js';
import { fact, runFact } from '../blocks/facts.js';
import { formatCount } from '../format/numbers.js';
import { countCell, numberCell, textCell } from '../blocks/cells.js';
import { plural } from '../format/words.js';
import { page, type PageContext } from '../blocks/page.js';

const engines = { duckdb: 'DuckDB, over its files', athena: 'Athena, where it lies' } as const;

/** What a query of a feature group answered, with the query. */
export function queryResultPage(result: QueryResult, context: PageContext): PageView {
  const { group, environment, sql, engine, at, columns } = result;
  return page(context, {
    about: 'query-result',
    title: `query · ${group}`,
    headline: shownWords(result),
    summary: `${formatCount(columns.length)} ${plural(columns.length, 'column')} of a query of feature group ${group}.`,
    facts: [
      fact('Feature group', group),
      fact('Environment', environment),
      fact('By', engines[engine]),
      ...(result.result === null ? [] : [fact('Whole result', result.result)]),
      { ...runFact(at, context.now), label: 'Asked' },
    ],
    blocks: [rowsTable(result), { type: 'text', id: 'sql', title: 'SQL', lines: sql.split('\n') }],
  });
}

/** "Showing 100 of 8,786 rows", "3 rows", "Showing the first 100 rows; there are more". */
export function shownWords({ rows, total }: Pick<QueryResult, 'rows' | 'total'>): string {
  const shown = formatCount(rows.length);
  if (total === null) return `Showing the first ${shown} rows; there are more`;
  if (total > rows.length) return `Showing ${shown} of ${formatCount(total)} rows`;
  return `${shown} ${plural(rows.length, 'row')}`;
}

function rowsTable({ columns, rows }: QueryResult): TableBlock {
  const isNumber = columns.map((_, at) => rows.some((row) => typeof row[at] === 'number'));
  return {
    type: 'table',
    id: 'rows',
    title: 'Rows',
    // A query may give two columns one name.
    columns: columns.map(({ name }, at) => ({ id: `${at}-${name}`, title: name, number: isNumber[at] })),
    rows: rows.map((row, at) => ({ id: String(at), cells: row.map(cellOf) })),
    ...(rows.length === 0 && { note: 'No row answers it.' }),
  };
}

function cellOf(value: QueryResult['rows'][number][number]): TableCell {
  if (value === null) return { text: '–', sort: null, reason: 'null' };
  if (typeof value === 'number') return Number.isInteger(value) ? countCell(value) : numberCell(value);
  return typeof value === 'boolean' ? { text: String(value), sort: String(value) } : textCell(value, 80);
}
