import { basename, dirname, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import { InputError } from '../common/errors.js';
import { isThere } from '../common/files.js';
import type { Columns } from './columns.js';
import { longNumbers } from './long-numbers.js';
import { type Session, withSession } from './duckdb/session.js';
import { type ColumnFacts, isNumbersBut, missingWords, numberIn } from './files/column-types.js';
import { identifier, literals } from './duckdb/sql.js';
import { saidTable, type TableReading } from './said-table.js';
import { readable } from './tables.js';

export interface TableColumn {
  name: string;
  /** `other` is what is neither number nor text, such as a date; `type` says what. */
  kind: 'number' | 'text' | 'other';
  type: string;
  /** Whether pandas wrote it as the index of the table: no learner takes it, unless it is asked for. */
  isIndex: boolean;
}

/** A table file that was looked into: its columns in the file's order, and a way to read some of them. */
export interface NumericTable {
  columns: TableColumn[];
  /** All of it as a SELECT, in the session that reads it. */
  select: string;
  session: Session;
  /** A column of numbers as SQL over the SELECT. */
  asNumber(name: string): string;
  /** Columns that were to stay as they are written, in which only `true` and `false` stand. */
  truths: ReadonlySet<string>;
  /** Rows in the file's order; those in `text` as texts, the others as numbers, NaN where nothing stands. */
  read(names: string[], text: string[]): Promise<Columns>;
  /** The first value of a column that is no number, for a message: `row 3, found "abc"`. */
  firstText(name: string): Promise<string>;
  /** Those among columns that hold whole numbers that a double does not: they name things, and learning reads them as texts. */
  longNumbers(names: readonly string[]): Promise<Set<string>>;
}

/** How a table file is read for learning or predicting. */
export interface NumericReading extends TableReading {
  /** Without a header the columns are `0`, `1`, … */
  header: boolean;
}

export interface NumericTableOptions extends NumericReading {
  /** Columns of a delimited file whose texts stay as they are written: else "yes" is a truth value, and "007" is 7. */
  asWritten?: readonly string[];
  /** Further folders that may be written to. */
  folders?: readonly string[];
  /** Where others compute beside DuckDB: so many threads for it. */
  threads?: number;
  signal: AbortSignal;
}

/**
 * Opens a table file for learning or predicting. A column of a delimited file in which only numbers and words for a
 * missing one stand is a number column: there such a word can mean nothing else.
 * @throws InputError naming the file, and the line where it has one
 */
export async function withNumericTable<Result>(
  file: string,
  { header, asWritten = [], folders = [], threads, signal, ...reading }: NumericTableOptions,
  work: (table: NumericTable) => Promise<Result>,
): Promise<Result> {
  const path = resolve(file);
  if (!(await isThere(path))) throw new InputError(`${file}: found no such file, expected a table`);
  // DuckDB's own overflow belongs with temporary files, not beside the user's.
  return withSession({ folders: [tmpdir(), dirname(path), ...folders], threads, signal }, async (session) => {
    const read = await saidTable(session, path, reading, { header, types: textTypes(asWritten), numbersBut: true });
    const table = read.select;
    const described = await readable([path], () => session.describe(table));
    const worded = new Set(
      read.facts.filter((column) => isNumbersBut(column) || isTextOfNumbers(column)).map(({ name }) => name),
    );
    const columns = described.map(({ name, type }): TableColumn => ({
      name,
      type,
      isIndex: read.namedIndexes.includes(name),
      kind: worded.has(name) ? 'number' : kindOf(type),
    }));
    const asNumber = (name: string) => {
      const quoted = identifier(name);
      return worded.has(name) ? numberIn(quoted) : quoted;
    };
    const truths = read.facts.filter(({ declared, type }) => declared && type === 'BOOLEAN');
    return work({
      columns,
      ...{ select: table, session, asNumber, truths: new Set(truths.map(({ name }) => name)) },
      read: (names, text) => {
        const selected = names.map((name) =>
          text.includes(name) ? identifier(name) : `${asNumber(name)} AS ${identifier(name)}`,
        );
        return readable([path], () => session.columns(`SELECT ${selected.join(', ')} FROM (${table})`, { text }));
      },
      firstText: async (name) => {
        const first = async (wrong: string) => {
          const rows = `SELECT row_number() OVER () AS row, ${identifier(name)} AS value FROM (${table})`;
          return (await session.rows(`SELECT * FROM (${rows}) WHERE value IS NOT NULL AND ${wrong} LIMIT 1`))[0];
        };
        // A number that no double holds, or with zeros before it, makes a column of texts as well.
        const row =
          (await first(`${numberIn('value')} IS NULL AND value NOT IN (${missing})`)) ??
          (await first(`(isinf(${numberIn('value')}) OR regexp_matches(value, '^[+-]?(0[0-9]|[0-9]{16})'))`));
        return `${basename(file)}, row ${String(row?.row)}, column ${name}: found "${String(row?.value)}"`;
      },
      longNumbers: async (names) => {
        const asked = described.filter(({ name }) => names.includes(name));
        const long = await readable([path], () => longNumbers(session, `(${table})`, asked));
        for (const name of long)
          reading.say?.(
            `${basename(file)}: column ${name}: numbers with more digits than a number holds exactly are read as text`,
          );
        return long;
      },
    });
  });
}

const isTextOfNumbers = ({ type, declared }: ColumnFacts): boolean =>
  declared && (type === 'BIGINT' || type === 'DOUBLE');

const textTypes = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'VARCHAR']));

const missing = literals(['', ...missingWords]).slice(1, -1);

function kindOf(type: string): TableColumn['kind'] {
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|DECIMAL.*|BOOLEAN)$/.test(type)) return 'number';
  return /^(VARCHAR|ENUM.*|UUID)$/.test(type) ? 'text' : 'other';
}
