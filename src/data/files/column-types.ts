import type { Session } from '../duckdb/session.js';
import { identifier, literals } from '../duckdb/sql.js';

/** Words that some programs write for a missing value. */
export const missingWords = [
  ...['#N/A', '#N/A N/A', '#NA', '-1.#IND', '-1.#QNAN', '-NaN', '-nan', '1.#IND', '1.#QNAN', '<NA>', '?'],
  ...['N/A', 'NA', 'na', 'NULL', 'NaN', 'NAN', 'None', 'n/a', 'nan', 'null'],
];

/** What all values of a column of texts look like. */
export interface ColumnFacts {
  name: string;
  /** DuckDB's type that holds every value exactly. */
  type: 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP' | 'INSTANT' | 'VARCHAR';
  /** How many values there are. */
  values: number;
  /** How many of them are numbers; words for a missing one; empty texts, which no column of another type holds. */
  numbers: number;
  words: number;
  empty: number;
  /** How many are numbers with a comma where others have a point. */
  commas: number;
  /** How many of those could have it between thousands: `1,234`; and how many have marks that stand nowhere else: `1,234.5`. */
  thousands: number;
  grouped: number;
  /** Whether all values are digits, and text nonetheless: they begin with zeros, or are too long for a number. */
  digits: 'zeros' | 'long' | null;
  /** Whether it was declared to be text, whatever it looks like. */
  declared: boolean;
  /** The first and the last of the values in the order of texts. */
  ends: [string, string];
}

const noMarks = { commas: 0, thousands: 0, grouped: 0 };
/** Marks between thousands that no decimal mark could be: several of them, a space or an apostrophe, or another mark behind them. */
export const groupedPattern = ((first: string) =>
  [
    `(,[0-9]{3})+[.][0-9]+`,
    `(,[0-9]{3}){2,}`,
    `([.][0-9]{3})+,[0-9]+`,
    `([.][0-9]{3}){2,}`,
    `([ ’\u00a0\u202f]|'')[0-9]{3}(([ ’\u00a0\u202f]|'')[0-9]{3})*([.,][0-9]+)?`,
  ]
    .map((rest) => `[+-]?${first}(${rest})`)
    .join('|'))('[1-9][0-9]{0,2}');

const space = '[ ]*';
const numberPattern = `${space}[+-]?((0|[1-9][0-9]*)([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?${space}`;
const infinity = `${space}[+-]?(inf|Inf|INF|infinity|Infinity|INFINITY)${space}`;
export const patterns = {
  number: `${numberPattern}|${infinity}`,
  date: '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}',
  time: '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6}0*)?)?',
  zone: '(Z|[+-][0-9]{2}(:?[0-9]{2})?)',
};

/** Whether a value is written as one of these patterns, as SQL. */
export const fits = (value: string, pattern: string): string => `regexp_full_match(${value}, '${pattern}')`;

/** The number that a text is written as, null where it is none, as SQL. */
export const numberIn = (value: string): string =>
  `CASE WHEN ${fits(value, patterns.number)} THEN TRY_CAST(${value} AS DOUBLE) END`;

/** A number's value as a text with a point. */
export const pointed = (value: string, decimal: string): string =>
  decimal === ',' ? `CASE WHEN contains(${value}, '.') THEN NULL ELSE replace(${value}, ',', '.') END` : value;

/**
 * Decides the types of columns of texts by all their values: whole numbers of 64 bits, numbers that a double holds as
 * they are written, `true` and `false` in any case, ISO dates and times; anything else is text.
 * @param texts a SELECT of texts
 * @param decimal what stands before a number's fraction
 */
export async function columnFacts(
  session: Session,
  texts: string,
  decimal = '.',
): Promise<{ rows: number; columns: ColumnFacts[] }> {
  const names = (await session.describe(texts)).map(({ name }) => name);
  const asked = names.flatMap((name, at) => {
    const value = identifier(name);
    return [
      `count(${value}) AS n${at}`,
      `count_if(${value} = TRY_CAST(${value} AS BIGINT)::VARCHAR) AS whole${at}`,
      `min(${value}) AS min${at}, max(${value}) AS max${at}`,
    ];
  });
  const [row] = await session.rows(`SELECT ${['count(*) AS rows', ...asked].join(', ')} FROM (${texts})`);
  const columns = names.map((name, at): ColumnFacts => {
    const [values, whole] = [Number(row?.[`n${at}`]), Number(row?.[`whole${at}`])];
    const type = values > 0 && whole === values ? 'BIGINT' : 'VARCHAR';
    const ends: [string, string] = [String(row?.[`min${at}`] ?? ''), String(row?.[`max${at}`] ?? '')];
    return { name, type, values, numbers: whole, words: 0, empty: 0, ...noMarks, digits: null, declared: false, ends };
  });
  const open = columns.filter(({ type, values }) => type === 'VARCHAR' && values > 0);
  if (open.length > 0) await lookCloser(session, texts, open, decimal);
  return { rows: Number(row?.rows), columns };
}

async function lookCloser(session: Session, texts: string, open: ColumnFacts[], decimal: string): Promise<void> {
  const asked = open.flatMap(({ name }, at) => {
    const value = identifier(name);
    const number = pointed(value, decimal);
    const double = `TRY_CAST(${number} AS DOUBLE)`;
    const counts = {
      numbers: fits(number, patterns.number),
      // Written with so many digits that a double is another number, or none.
      inexact: `${fits(number, '[ +-]*[0-9]{16,}[ ]*')} AND trim(${number}, ' +') <> coalesce(TRY_CAST(${double} AS HUGEINT)::VARCHAR, '')`,
      infinite: `isinf(${double}) AND ${fits(number, numberPattern)}`,
      words: `${value} IN (${missingList})`,
      empty: `${value} = ''`,
      commas: fits(value, '[+-]?[0-9]+,[0-9]+'),
      thousands: fits(value, '[+-]?[1-9][0-9]{0,2},[0-9]{3}'),
      grouped: fits(value, groupedPattern),
      digits: fits(value, '[+-]?[0-9]+'),
      truths: `lower(${value}) IN ('true', 'false')`,
      dates: `${fits(value, patterns.date)} AND TRY_CAST(${value} AS DATE) IS NOT NULL`,
      times: `${fits(value, `${patterns.date}|${patterns.time}`)} AND TRY_CAST(${value} AS TIMESTAMP) IS NOT NULL`,
      instants: `${fits(value, patterns.time + patterns.zone)} AND TRY_CAST(${value} AS TIMESTAMPTZ) IS NOT NULL`,
    };
    return Object.entries(counts).map(([what, condition]) => `count_if(${condition}) AS ${what}${at}`);
  });
  const [row] = await session.rows(`SELECT ${asked.join(', ')} FROM (${texts})`);
  for (const [at, column] of open.entries()) {
    const count = (what: string) => Number(row?.[`${what}${at}`]);
    const present = column.values - count('empty');
    const all = (what: string) => count(what) === present;
    const whole = column.numbers;
    [column.numbers, column.words] = [count('numbers'), count('words')];
    [column.empty, column.commas] = [count('empty'), count('commas')];
    [column.thousands, column.grouped] = [count('thousands'), count('grouped')];
    const exact = count('inexact') === 0 && count('infinite') === 0;
    if (present === 0) continue;
    if (whole === present) column.type = 'BIGINT';
    else if (all('numbers') && exact) column.type = 'DOUBLE';
    else if (all('truths')) column.type = 'BOOLEAN';
    else if (all('dates')) column.type = 'DATE';
    else if (all('times')) column.type = 'TIMESTAMP';
    else if (all('instants')) column.type = 'INSTANT';
    else if (all('digits') || !exact) column.digits = exact ? 'zeros' : 'long';
  }
}

const missingList = literals(missingWords).slice(1, -1);

/** A text as a value of the type that was decided for its column, as SQL. */
export function typedValue({ name, type, empty }: ColumnFacts, decimal = '.'): string {
  if (type === 'VARCHAR') return identifier(name);
  const value = empty > 0 ? `nullif(${identifier(name)}, '')` : identifier(name);
  switch (type) {
    case 'DOUBLE':
      return `CAST(${pointed(value, decimal)} AS DOUBLE)`;
    case 'INSTANT':
      return `CAST(${value} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'`;
    default:
      return `CAST(${value} AS ${type})`;
  }
}

/** Whether nothing but numbers and words for a missing one stand in a column, and a double holds all numbers. */
export const isNumbersBut = ({ type, values, numbers, words, empty, digits }: ColumnFacts): boolean =>
  type === 'VARCHAR' && digits === null && numbers + words + empty === values;
