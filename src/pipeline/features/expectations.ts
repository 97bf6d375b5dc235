import { InputError } from '../../common/errors.js';
import type { Session } from '../../data/duckdb/session.js';
import { identifier, literal, literals } from '../../data/duckdb/sql.js';
import { toldValue } from '../../data/files/told-value.js';
import type { Expectation } from '../../project/parts/expect-schema.js';
import type { Source } from '../../project/schema.js';

/** Rows of a source that are left out, for they are not what `expect` says. */
export interface SetAside {
  source: string;
  rows: number;
  /** SELECT of them, each with the reason in a column `unfit`. */
  select: string;
  /** What a person should know: how many, and the first reason. */
  note: string;
}

/** A source whose rows are looked at; no value of the columns `hidden` (names or `*` patterns) is told. */
export interface Expecting {
  name: string;
  source: Source;
  hidden: readonly string[];
}

interface Check {
  column: string;
  /** SQL that is true for a row that does not fit. */
  fails: string;
  expected: string;
}

/**
 * Holds the rows of a source's view against its `expect`. With `"unfit": "set-aside"` the view has only those that fit
 * afterwards; the others are returned.
 * @throws InputError naming column, value and how many, where rows do not fit and are not to be set aside, or a column is not there
 */
export async function keepFitting(
  session: Session,
  { name, source, hidden }: Expecting,
): Promise<SetAside | undefined> {
  const view = identifier(name);
  const expected = Object.entries(source.expect ?? {});
  if (expected.length === 0) return undefined;
  const columns = (await session.describe(`SELECT * FROM ${view}`)).map((column) => column.name);
  const absent = expected.find(([column]) => !columns.includes(column));
  if (absent !== undefined)
    throw new InputError(
      `source ${name}: found no column ${absent[0]}, which "expect" names; expected one of ${columns.join(', ')}`,
    );
  const checks = expected.flatMap(([column, expectation]) => checksOf(column, expectation));
  const any = checks.map(({ fails }) => `(${fails})`).join(' OR ');
  const firsts = checks.map(({ column, fails }) => `any_value(${identifier(column)}::VARCHAR) FILTER (WHERE ${fails})`);
  const counts = checks.map(({ fails }) => `count(*) FILTER (WHERE ${fails})`);
  const [found] = await session.rows(
    `SELECT count(*) FILTER (WHERE ${any}) AS rows, ${counts.map((sql, at) => `${sql} AS n${at}, ${firsts[at]} AS v${at}`).join(', ')} FROM ${view}`,
  );
  const rows = Number(found?.rows);
  if (rows === 0) return undefined;
  const worst = checks.findIndex((_, at) => Number(found?.[`n${at}`]) > 0);
  const { column, expected: words } = checks[worst]!;
  const value = found?.[`v${worst}`];
  const told = `found ${value === null || value === undefined ? 'nothing' : toldValue(column, value, hidden)} in column ${column}, expected ${words}`;
  const more = rows === 1 ? '' : ` (${rows.toLocaleString('en-US')} rows do not fit)`;
  if (source.unfit !== 'set-aside') {
    const way = 'mend them, or leave such rows out: "unfit": "set-aside"';
    throw new InputError(`source ${name}: ${told}${more}; ${way}`);
  }
  // A blank stands in the name of no source.
  const all = `${name} all`;
  await session.run(`ALTER VIEW ${view} RENAME TO ${identifier(all)}`);
  await session.run(`CREATE VIEW ${view} AS SELECT * FROM ${identifier(all)} WHERE NOT (${any})`);
  const reasons = checks.map(
    ({ column: of, fails, expected: what }) => `WHEN ${fails} THEN ${literal(`${of}: expected ${what}`)}`,
  );
  return {
    source: name,
    rows,
    select: `SELECT *, CASE ${reasons.join(' ')} END AS unfit FROM ${identifier(all)} WHERE ${any}`,
    note: `source ${name}: ${rows.toLocaleString('en-US')} rows are set aside: ${told}${more}`,
  };
}

/** None of them is null: a row fits or it does not. */
function checksOf(column: string, { min, max, in: among, required }: Expectation): Check[] {
  const value = identifier(column);
  const number = `try_cast(${value}::VARCHAR AS DOUBLE)`;
  const checks: Check[] = [];
  if (required) checks.push({ column, fails: `${value} IS NULL`, expected: 'a value in every row' });
  // NaN is above all numbers to DuckDB, and within no limits to anybody.
  const outside = (limit: string) => `${value} IS NOT NULL AND coalesce(isnan(${number}) OR ${number} ${limit}, true)`;
  if (min !== undefined) checks.push({ column, fails: outside(`< ${min}`), expected: `at least ${min}` });
  if (max !== undefined) checks.push({ column, fails: outside(`> ${max}`), expected: `at most ${max}` });
  if (among !== undefined) {
    const texts = literals(among.map(String));
    const numbers = among.filter((one) => typeof one === 'number');
    const isNumber =
      numbers.length === 0
        ? ''
        : ` AND NOT coalesce(list_contains([${numbers.join(', ')}]::DOUBLE[], ${number}), false)`;
    checks.push({
      column,
      fails: `${value} IS NOT NULL AND NOT list_contains(${texts}::VARCHAR[], ${value}::VARCHAR)${isNumber}`,
      expected: `one of ${among.join(', ')}`,
    });
  }
  return checks;
}
