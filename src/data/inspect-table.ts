import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { NoSuchObject } from '../common/errors.js';
import { isThere } from '../common/files.js';
import type { Table, TableColumn } from '../project/from-table/roles.js';
import { decimalCommas } from './files/number-marks.js';
import { longNumbers } from './long-numbers.js';
import { type Session, withSession } from './duckdb/session.js';
import { identifier } from './duckdb/sql.js';
import { isNumeric } from './types.js';
import { saidTable, type TableReading } from './said-table.js';

/** So few values are listed. */
const few = 20;

/** Looks through a table file (.csv, .tsv, .parquet, .json, .jsonl, .xlsx; .gz too). @throws InputError naming file and line */
export async function inspectTable(file: string, reading: TableReading = {}): Promise<Table> {
  const path = resolve(file);
  if (!(await isThere(path))) throw new NoSuchObject(`found no file ${file}, expected a table`, file);
  return withSession({ folders: [tmpdir(), dirname(path)] }, async (session) => {
    const { select, namedIndexes, facts } = await saidTable(session, path, reading);
    await session.run(`CREATE TABLE inspected AS ${select}`);
    const described = await session.describe('SELECT * FROM inspected');
    const [counted] = await session.rows('SELECT count(*) AS n FROM inspected');
    const long = await longNumbers(session, 'inspected', described);
    const columns: TableColumn[] = [];
    for (const { name, type } of described) {
      const column = await inspect(session, name, long.has(name) ? 'text' : kindOf(type), type.includes('INT'));
      columns.push(namedIndexes.includes(name) ? { ...column, isIndex: true } : column);
    }
    return { rows: Number(counted?.n), columns, commas: decimalCommas(facts) };
  });
}

function kindOf(type: string): TableColumn['kind'] {
  if (isNumeric(type)) return 'number';
  if (/^(DATE|TIMESTAMP)/.test(type)) return 'time';
  return type === 'VARCHAR' ? 'text' : 'other';
}

async function inspect(
  session: Session,
  name: string,
  kind: TableColumn['kind'],
  whole: boolean,
): Promise<TableColumn> {
  // An empty text is no value, to models and to labels alike.
  const column = kind === 'text' ? `nullif(${identifier(name)}::VARCHAR, '')` : identifier(name);
  const [figures] =
    await session.rows(`SELECT count(DISTINCT ${column}) AS distinct, count(*) - count(${column}) AS nulls,
    ${kind === 'number' ? `median(${column}::DOUBLE)` : 'NULL'} AS median,
    ${kind === 'number' ? `min(${column}::DOUBLE)` : 'NULL'} AS least, ${kind === 'number' ? `max(${column}::DOUBLE)` : 'NULL'} AS most,
    ${kind === 'text' ? `avg(len(string_split_regex(trim(${column}::VARCHAR), '\\s+')))` : 'NULL'} AS words,
    ${kind === 'time' ? `to_json([min(${column})::VARCHAR] || quantile_disc(${column}, [0.5, 0.65, 0.8])::VARCHAR[])::VARCHAR` : 'NULL'} AS cuts,
    ${kind === 'text' ? `coalesce(bool_or(regexp_matches(trim(${column}::VARCHAR), '\\s') OR length(${column}::VARCHAR) > 64), false)` : 'false'} AS prose
    FROM inspected`);
  const distinct = Number(figures?.distinct);
  const listed =
    distinct > few
      ? []
      : await session.rows(`SELECT ${column}::VARCHAR AS value, count(*) AS count FROM inspected
          WHERE ${column} IS NOT NULL GROUP BY ALL ORDER BY count DESC, value`);
  return {
    name,
    kind,
    whole,
    distinct,
    prose: figures?.prose === true,
    nulls: Number(figures?.nulls),
    ...(typeof figures?.words === 'number' && { words: figures.words }),
    ...cutsOf(figures?.cuts, Number(figures?.nulls)),
    median: typeof figures?.median === 'number' ? figures.median : null,
    ...rangeOf(figures),
    values: listed.map(({ value, count }) => ({ value: String(value), count: Number(count) })),
  };
}

function rangeOf(figures: Record<string, unknown> | undefined): Pick<TableColumn, 'range'> {
  const { least, most } = figures ?? {};
  return typeof least === 'number' && typeof most === 'number' ? { range: [least, most] } : {};
}

/** Three times that cut a column in four parts of which none is empty; none where a row has no time, or times are few. */
function cutsOf(found: unknown, nulls: number): { cuts?: string[] } {
  const times = typeof found === 'string' ? (JSON.parse(found) as string[]) : [];
  return nulls > 0 || new Set(times).size < 4 ? {} : { cuts: times.slice(1) };
}
