import { InputError } from '../../common/errors.js';
import { identifier } from '../../data/duckdb/sql.js';
import type { Session } from '../../data/duckdb/session.js';
import { toldValue } from '../../data/files/told-value.js';
import { isNumeric } from '../../data/types.js';

/** A column as DuckDB describes it. */
export interface Column {
  name: string;
  type: string;
}

type Kind = 'numbers' | 'times' | 'truths' | 'texts';

function kindOf(type: string): Kind {
  if (type === 'BOOLEAN') return 'truths';
  if (isNumeric(type)) return 'numbers';
  return /^(DATE|TIMESTAMP)/.test(type) ? 'times' : 'texts';
}

/** SELECT of a relation with its columns as they are expected, and what was to be said about that. */
export interface Fitted {
  select: string;
  notes: string[];
}

/** Columns in which every value has to be read: a name, a time or a label that is none is no missing one. */
export interface Exact {
  file: string;
  columns: readonly (string | undefined)[];
  /** Columns (names or patterns) whose values are not told. */
  hidden: readonly string[];
}

/**
 * Takes columns as the kind that they were before, and called as they were: a value that is none counts as missing, and is
 * counted and said. A number where texts were becomes the text it would have been.
 * @throws InputError for a value of an exact column that is none
 */
export async function fittedTo(
  session: Session,
  relation: string,
  expected: readonly Column[],
  exact?: Exact,
): Promise<Fitted> {
  const found = await session.describe(`SELECT * FROM ${relation}`);
  const notes: string[] = [];
  const columns: string[] = [];
  for (const { name, type } of found) {
    const wanted = expected.find((column) => column.name.toLowerCase() === name.toLowerCase());
    const value = identifier(name);
    const isSame = wanted === undefined || wanted.type === type;
    const cast = isSame ? value : castTo(value, kindOf(type), wanted.type);
    columns.push(`${cast} AS ${identifier(wanted?.name ?? name)}`);
    if (isSame) continue;
    const isExact = exact?.columns.includes(wanted.name) === true;
    if (wanted.type === 'DATE' && kindOf(type) === 'times' && isExact)
      await refuseMoments(session, relation, name, exact);
    if (kindOf(type) === kindOf(wanted.type)) continue;
    const change = { name, cast, from: kindOf(type), to: kindOf(wanted.type) };
    const note = await changed(session, relation, change, isExact ? exact.file : undefined, exact?.hidden);
    if (note !== undefined) notes.push(note);
  }
  return { select: `SELECT ${columns.join(', ')} FROM ${relation}`, notes };
}

function castTo(value: string, from: Kind, type: string): string {
  const to = kindOf(type);
  // A whole number with a fraction of nothing was one without.
  if (to === 'texts' && from === 'numbers')
    return `CASE WHEN ${value} = trunc(${value}) THEN try_cast(${value} AS HUGEINT)::VARCHAR ELSE ${value}::VARCHAR END`;
  // What is whole now and was not, or the other way round, is one kind of number.
  if (to === 'numbers' && from === 'numbers') return type.includes('INT') ? value : `${value}::DOUBLE`;
  return `try_cast(${value} AS ${to === 'numbers' ? 'DOUBLE' : type})`;
}

/** Which day a moment belongs to depends on the zone, which only its people know: it is never taken for another's. */
async function refuseMoments(session: Session, relation: string, name: string, { file, hidden }: Exact): Promise<void> {
  const value = identifier(name);
  const [counts] = await session.rows(
    `SELECT count(*) FILTER (${value}::DATE <> ${value})::DOUBLE AS moments, count(${value})::DOUBLE AS there,
      min(${value}::VARCHAR) FILTER (${value}::DATE <> ${value}) AS example FROM ${relation}`,
  );
  if (Number(counts?.moments) === 0) return;
  throw new InputError(
    `${file}: found ${toldValue(name, counts?.example, hidden)} (UTC) in column ${name} (${Number(counts?.moments)} of ${Number(counts?.there)} values), ` +
      `expected days, as in training: write the day of each row, for it depends on the time zone`,
  );
}

async function changed(
  session: Session,
  relation: string,
  { name, cast, from, to }: { name: string; cast: string; from: Kind; to: Kind },
  exactIn: string | undefined,
  hidden: readonly string[] | undefined,
): Promise<string | undefined> {
  const value = identifier(name);
  const [counts] = await session.rows(
    `SELECT count(${value})::DOUBLE AS there, count(*) FILTER (${value} IS NOT NULL AND ${cast} IS NULL)::DOUBLE AS lost,
      min(${value}::VARCHAR) FILTER (${value} IS NOT NULL AND ${cast} IS NULL) AS example FROM ${relation}`,
  );
  const [there, lost] = [Number(counts?.there), Number(counts?.lost)];
  if (there === 0) return undefined;
  const example = toldValue(name, counts?.example, hidden);
  const taken = `column ${name} holds ${from}, and held ${to} in training`;
  if (lost === 0) return `${taken}: taken as ${to}`;
  if (exactIn !== undefined)
    throw new InputError(
      `${exactIn}: found ${example} in column ${name} (${lost} of ${there} values), expected ${to}, as in training`,
    );
  return `${taken}: ${lost} of ${there} values are none (${example}) and count as missing`;
}
