import { InputError } from '../../common/errors.js';
import type { GridHead, GridRows, GridStatistics, GridTable, GridView, RowsWish } from '../../documents/grid/grid.js';
import type { Session } from '../duckdb/session.js';
import { identifier, literal } from '../duckdb/sql.js';
import { headsOf } from './heads.js';
import { pageOf } from './page.js';
import { makePicker } from './picked.js';
import type { Relation } from './relation.js';
import { statisticsOf } from './statistics.js';

/** A table that somebody looks at, page by page. */
export interface Grid {
  table: GridTable;
  /** @throws InputError for a filter that its column cannot have */
  rows: (wish: RowsWish) => Promise<GridRows>;
  heads: (columns: readonly number[]) => Promise<GridHead[]>;
  statistics: (view: GridView, column: number) => Promise<GridStatistics>;
  /** Cells as lines of values with tabs between them, as spreadsheets take them; with the names above where they are wanted. */
  copy: (wish: RowsWish & { named: boolean }) => Promise<{ text: string; rows: number }>;
  /** Writes the rows of a view, in its order, to a file where the session may write: .csv or .parquet. */
  save: (view: GridView, columns: readonly number[], path: string) => Promise<{ rows: number }>;
}

/** So many cells are copied at once. */
const mostCopied = 1_000_000;

export function openGrid(session: Session, relation: Relation): Grid {
  const pick = makePicker(session, relation);
  const rows: Grid['rows'] = async (wish) => pageOf(session, relation, await pick(wish.view), wish);
  return {
    table: { total: relation.total, columns: relation.columns, notes: relation.notes },
    rows,
    heads: (columns) => headsOf(session, relation, columns),
    statistics: (view, column) => statisticsOf(session, relation, view, column),
    async copy({ named, ...wish }) {
      const cells = wish.count * wish.columns.length;
      if (cells > mostCopied)
        throw new InputError(`found ${cells} cells to copy, expected at most ${mostCopied}; export them instead`);
      const page = await rows({ ...wish, characters: undefined });
      const names = named ? [wish.columns.map((at) => relation.columns[at]!.name)] : [];
      return {
        text: [...names, ...page.cells].map((line) => line.map(tabbed).join('\t')).join('\n'),
        rows: page.cells.length,
      };
    },
    async save(view, columns, path) {
      const { table, total } = await pick(view);
      const values = columns.map((at) => `r.${identifier(relation.columns[at]!.name)}`).join(', ');
      const { from, number } = relation;
      const select =
        table === undefined
          ? `SELECT ${values} FROM ${from} r ORDER BY r.${number}`
          : `SELECT ${values} FROM (SELECT n, rowid AS place FROM ${table}) p JOIN ${from} r ON r.${number} = p.n ORDER BY p.place`;
      const format = path.endsWith('.parquet') ? 'FORMAT parquet' : 'FORMAT csv, HEADER';
      await session.run(`COPY (${select}) TO ${literal(path)} (${format})`);
      return { rows: total };
    },
  };
}

/** A cell with a tab or a line break would become several. */
const tabbed = (cell: string | null): string =>
  cell === null ? '' : /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
