import type { ColumnKind, GridColumn } from '../../documents/grid/grid.js';
import { matchesPattern } from '../types.js';
import type { Session } from '../duckdb/session.js';
import { identifier, literal, literals } from '../duckdb/sql.js';
import { parquetNulls } from '../preview/parquet.js';
import { formatOf, type TableFormat } from '../table-formats.js';
import { readable, readTable } from '../tables.js';

/** A table whose rows have numbers, from 0 in the order in which they lie, by which a few of them are found at once. */
export interface Relation {
  /** A relation of SQL. */
  from: string;
  /** The column of it that numbers rows. */
  number: string;
  total: number;
  columns: GridColumn[];
  /** Nulls of each column, as far as somebody counted them. */
  nulls: () => Promise<(number | null)[]>;
  notes: string[];
}

/** What stands in a cell of a private column. */
const cover = '•••';

export const relationName = 'grid_rows';
const number = 'grid_row_number';

/** A file as a relation: a Parquet as it lies, of which only what is looked at is read; every other kind of table read once, exactly. */
export async function fileRelation(
  session: Session,
  file: string,
  hidden: readonly string[],
  given?: TableFormat,
): Promise<Relation> {
  return readable(
    [file],
    async () => {
      if ((given ?? formatOf(file)) === 'parquet') return parquetRelation(session, file, hidden);
      const { select } = await readTable(session, [file], { given, hidden });
      return madeRelation(session, select, hidden);
    },
    hidden,
  );
}

async function parquetRelation(session: Session, file: string, hidden: readonly string[]): Promise<Relation> {
  const [head] = await session.rows(`SELECT num_rows AS rows FROM parquet_file_metadata(${literal(file)})`);
  const described = await session.describe(
    `SELECT * FROM read_parquet(${literals([file])}, hive_partitioning = false)`,
  );
  const columns = columnsOf(described, hidden);
  const rows = `read_parquet(${literals([file])}, hive_partitioning = false, file_row_number = true)`;
  await nameRows(session, `SELECT * EXCLUDE (file_row_number), file_row_number AS ${number} FROM ${rows}`, columns);
  const nulls = async () => {
    const known = await parquetNulls(session, literal(file));
    return columns.map(({ name }) => known.get(name) ?? null);
  };
  return { from: relationName, number, total: Number(head?.rows), columns, nulls, notes: [] };
}

/** The rows of a SELECT, made once and kept by the session, on the disk where they do not fit its memory. */
export async function madeRelation(session: Session, select: string, hidden: readonly string[]): Promise<Relation> {
  await session.run(`CREATE TEMP TABLE grid_made AS ${select}`);
  const columns = columnsOf(await session.describe('SELECT * FROM grid_made'), hidden);
  await nameRows(session, `SELECT *, rowid AS ${number} FROM grid_made`, columns);
  const counts = columns.map(({ name }, at) => `count(*) - count(${identifier(name)}) AS n${at}`);
  const [counted] = await session.rows(`SELECT ${['count(*) AS total', ...counts].join(', ')} FROM ${relationName}`);
  const nulls = columns.map((_, at) => Number(counted?.[`n${at}`]));
  return {
    from: relationName,
    number,
    total: Number(counted?.total),
    columns,
    nulls: () => Promise.resolve(nulls),
    notes: [],
  };
}

/** Everything that is asked afterwards is asked of this view, so that nothing sees what it covers. */
async function nameRows(session: Session, select: string, columns: readonly GridColumn[]): Promise<void> {
  const covered = columns
    .filter(({ isPrivate }) => isPrivate)
    .map(({ name }) => `CASE WHEN ${identifier(name)} IS NOT NULL THEN ${literal(cover)} END AS ${identifier(name)}`);
  const replace = covered.length === 0 ? '' : ` REPLACE (${covered.join(', ')})`;
  await session.run(`CREATE OR REPLACE TEMP VIEW ${relationName} AS SELECT *${replace} FROM (${select})`);
}

function columnsOf(described: readonly { name: string; type: string }[], hidden: readonly string[]): GridColumn[] {
  return described.map(({ name, type }) => {
    const isPrivate = hidden.some((pattern) => matchesPattern(pattern, name));
    return { name, type, kind: isPrivate ? 'text' : kindOf(type), isPrivate };
  });
}

function kindOf(type: string): ColumnKind {
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(type)) return 'number';
  if (/^(DATE|TIME|TIMESTAMP(_S|_MS|_NS)?|(TIME|TIMESTAMP) WITH TIME ZONE)$/.test(type)) return 'time';
  return type === 'BOOLEAN' ? 'boolean' : 'text';
}
