import type { GridColumn, GridStatistics, GridView } from '../../documents/grid/grid.js';
import type { Row, Session } from '../duckdb/session.js';
import { identifier } from '../duckdb/sql.js';
import { measured, stepsSql } from './heads.js';
import { whereOf } from './picked.js';
import type { Relation } from './relation.js';

/** In more rows, values are told apart by their hashes, and counted as `about`. */
const mostCounted = 1_000_000;
const steps = 20;
const mostNamed = 5;

/** What is known of all values of a column, in the rows of a view. */
export async function statisticsOf(
  session: Session,
  relation: Relation,
  view: GridView,
  at: number,
): Promise<GridStatistics> {
  const column = relation.columns[at]!;
  const name = identifier(column.name);
  const from = `(SELECT ${name} AS v FROM ${relation.from}${whereOf(relation, view)})`;
  const [counted] = await session.rows(`SELECT count(*) AS n, count(v) AS filled FROM ${from}`);
  const [rows, filled] = [Number(counted?.n), Number(counted?.filled)];
  const empty = { name: 'empty', value: share(rows - filled, rows) };
  if (column.isPrivate || filled === 0)
    return {
      column: at,
      rows,
      facts: [empty, ...(column.isPrivate ? [{ name: 'private', value: 'not shown' }] : [])],
      bars: [],
      commonest: [],
    };
  const isAbout = rows > mostCounted;
  const distinct = isAbout ? 'approx_count_distinct(v)' : 'count(DISTINCT v)';
  const [found] = await session.rows(`SELECT ${distinct} AS distinct, ${figuresSql(column)} FROM ${from}`);
  const about = isAbout ? 'about ' : '';
  const facts = [
    empty,
    { name: 'distinct', value: `${about}${text(found, 'distinct')}` },
    ...factsOf(column, found, filled),
  ];
  return {
    ...{ column: at, rows, facts },
    bars: column.kind === 'number' || column.kind === 'time' ? await barsOf(session, column.kind, from, filled) : [],
    commonest: await commonestOf(session, from, rows),
  };
}

function figuresSql({ kind }: GridColumn): string {
  const plain = (sql: string, as: string) => `(${sql})::VARCHAR AS ${as}`;
  const ends = [plain('min(v)', 'least'), plain('max(v)', 'greatest')];
  if (kind === 'number')
    return [
      ...ends,
      plain('round(avg(v::DOUBLE), 6)', 'mean'),
      plain('quantile_disc(v, 0.5)', 'middle'),
      plain('quantile_disc(v, 0.99)', 'p99'),
      'count(*) FILTER (v = 0) AS zeros',
    ].join(', ');
  if (kind === 'time') return [...ends, plain('quantile_disc(v, 0.5)', 'middle')].join(', ');
  return [plain('min(length(v::VARCHAR))', 'shortest'), plain('max(length(v::VARCHAR))', 'longest')].join(', ');
}

function factsOf({ kind }: GridColumn, found: Row | undefined, filled: number) {
  const fact = (name: string, key: string) => ({ name, value: text(found, key) });
  if (kind === 'number')
    return [
      ...[fact('min', 'least'), fact('median', 'middle'), fact('mean', 'mean'), fact('p99', 'p99')],
      ...[{ name: 'zeros', value: share(Number(found?.zeros), filled) }, fact('max', 'greatest')],
    ];
  if (kind === 'time') return [fact('first', 'least'), fact('middle', 'middle'), fact('last', 'greatest')];
  return kind === 'boolean' ? [] : [fact('shortest', 'shortest'), fact('longest', 'longest')];
}

async function barsOf(session: Session, kind: 'number' | 'time', from: string, filled: number) {
  const found = await session.rows(stepsSql(measured('v', kind), from, steps));
  return found.map(({ b, k, low, high }) => {
    const end = (place: number) => {
      const value = Number(low) + ((Number(high) - Number(low)) * place) / steps;
      return kind === 'time' ? new Date(value * 1000).toISOString().slice(0, 10) : String(Number(value.toPrecision(4)));
    };
    return { share: Number(k) / filled, from: end(Number(b)), to: end(Number(b) + 1) };
  });
}

async function commonestOf(session: Session, from: string, rows: number): Promise<GridStatistics['commonest']> {
  const found = await session.rows(`SELECT left(v::VARCHAR, 60) AS value, count(*) AS k FROM ${from} WHERE v IS NOT NULL
    GROUP BY v HAVING count(*) > 1 ORDER BY k DESC, value LIMIT ${mostNamed}`);
  return found.map(({ value, k }) => ({ value: String(value), share: Number(k) / rows }));
}

const text = (row: Row | undefined, key: string): string => String(row?.[key] ?? '–');

/** `1.9 %`; what is there at all is never told as nothing. */
function share(part: number, of: number): string {
  const percent = of === 0 ? 0 : (100 * part) / of;
  return percent > 0 && percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(percent === 0 || percent === 100 ? 0 : 1)} %`;
}
