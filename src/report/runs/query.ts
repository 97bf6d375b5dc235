import { figureOfColumn } from './columns.js';
import { filterOf } from './filter.js';
import { outcomes, type Outcome, type RunLine } from './run-line.js';

/** What a person wants to see of the runs, and in which order. */
export interface RunsQuery {
  text: string;
  only: 'all' | 'starred' | Outcome;
  sort: { column: string; descending: boolean };
}

export const firstQuery: RunsQuery = { text: '', only: 'all', sort: { column: 'at', descending: true } };

/** How many runs each choice of the filter would leave. */
export type RunCounts = Partial<Record<RunsQuery['only'], number>>;

/** The runs that a query leaves, in its order; and what its other choices would leave. */
export function ask(
  lines: readonly RunLine[],
  stars: ReadonlySet<string>,
  { text, only, sort }: RunsQuery,
): { found: RunLine[]; counts: RunCounts } {
  const fits = filterOf(text);
  const fitting = lines.filter(fits);
  const counts: RunCounts = { all: fitting.length, starred: fitting.filter(({ id }) => stars.has(id)).length };
  for (const outcome of outcomes) {
    const count = fitting.filter((line) => line.outcome === outcome).length;
    if (count > 0) counts[outcome] = count;
  }
  const found = fitting.filter(
    (line) => only === 'all' || (only === 'starred' ? stars.has(line.id) : line.outcome === only),
  );
  return { found: found.sort(orderOf(sort)), counts };
}

/** By a column, nothing last in either direction; what is equal stays newest first. */
function orderOf({ column, descending }: RunsQuery['sort']): (left: RunLine, right: RunLine) => number {
  const way = descending ? -1 : 1;
  return (left, right) => {
    const [a, b] = [valueOf(left, column), valueOf(right, column)];
    if (a === null || b === null) return Number(a === null) - Number(b === null) || newest(left, right);
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b));
    return order === 0 ? newest(left, right) : way * order;
  };
}

/** Ids sort as they were begun, which clocks need not. */
const newest = (left: RunLine, right: RunLine) => (left.id < right.id ? 1 : left.id > right.id ? -1 : 0);

const compareText = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });

function valueOf(line: RunLine, column: string): number | string | null {
  const figure = figureOfColumn(column);
  if (figure !== undefined) return line.figures[figure] ?? null;
  switch (column) {
    case 'outcome':
      return outcomes.indexOf(line.outcome);
    case 'at':
      return line.id;
    case 'decision':
    case 'version':
    case 'seconds':
    case 'who':
    case 'commit':
    case 'stages':
    case 'id':
      return line[column];
    default:
      return null;
  }
}
