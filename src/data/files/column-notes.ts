import { basename } from 'node:path';
import { placeText } from '../../common/errors.js';
import type { Session } from '../duckdb/session.js';
import { identifier } from '../duckdb/sql.js';
import type { Table } from '../tables.js';
import { type ColumnFacts, isNumbersBut, missingWords, patterns } from './column-types.js';
import { fits, groupedPattern, pointed } from './column-types.js';
import type { Saying } from './saying.js';
import { toldValue } from './told-value.js';
import { marksOf, type NumberMarks } from './number-marks.js';
import { namesOf, numbered, textsOf } from './read-csv.js';
import { placeOfRow } from './place-of-row.js';

/** A column is taken for one of numbers when at least this share of its values are. */
const mostly = 0.9;

/**
 * What a person should know of how delimited files were read, a sentence each: columns that look like numbers or dates
 * and are text, and words that may mean that a value is missing; with what to say for another reading.
 */
export async function notesOf(
  session: Session,
  { facts, files }: Pick<Table, 'facts' | 'files'>,
  { numbersBut = false, ...saying }: Saying & { numbersBut?: boolean } = {},
): Promise<string[]> {
  const texts = facts.filter(({ type, declared }) => type === 'VARCHAR' && !declared);
  const notes = files.flatMap(({ path, sheet }) =>
    (sheet?.notes ?? []).map((note) => `${basename(path)}, sheet ${sheet!.name}: ${note}`),
  );
  const place = files.length === 1 ? `${basename(files[0]!.path)}: ` : '';
  const rows = textsOf(files, saying.nulls);
  for (const column of texts) {
    const { name, values, numbers, digits, empty } = column;
    const marks = marksOf(column);
    if (marks !== undefined)
      notes.push(`${place}column ${name}: ${saidMarks(marks, name, await marked(session, column, rows))}`);
    else if (digits !== null) {
      const why = digits === 'zeros' ? 'zeros before them' : 'more digits than a number holds exactly';
      notes.push(`${place}column ${name}: numbers with ${why} are read as text`);
    } else if (numbers >= mostly * (values - empty) && numbers > 0 && !isNumbersBut(column))
      notes.push(await firstOdd(session, column, { files }, saying));
    const date = dateOf(column);
    if (date !== undefined)
      notes.push(
        `${place}column ${name}: "${date}" can be read as more than one date, so it is text; as dates: "types": { "${name}": "date ${formatOf(column.ends)}" }`,
      );
  }
  const worded = texts.filter(({ words }) => words > 0);
  const missing = worded.filter((column) => numbersBut && isNumbersBut(column));
  for (const [columns, said] of [
    [missing, asMissing],
    [worded.filter((column) => !missing.includes(column)), asTexts],
  ] as const)
    if (columns.length > 0) notes.push(place + (await wordNote(session, columns, rows, said)));
  return notes;
}

/** A value whose marks show what they mean. */
async function marked(session: Session, { name, grouped }: ColumnFacts, rows: string): Promise<string> {
  const column = identifier(name);
  const pattern = grouped > 0 ? groupedPattern : '.*,.*';
  const [found] = await session.rows(`SELECT max(${column}) AS value FROM (${rows}) WHERE ${fits(column, pattern)}`);
  return String(found?.value);
}

function saidMarks(marks: NumberMarks, name: string, example: string): string {
  const decimal = 'as numbers: "decimal": ","';
  const column = identifier(name);
  const digits = /[ ’'\u00a0\u202f]/.test(example)
    ? `replace(regexp_replace(${column}, '[^0-9.,+-]', '', 'g'), ',', '.')`
    : /[.].*[.,]/.test(example)
      ? `replace(replace(${column}, '.', ''), ',', '.')`
      : `replace(${column}, ',', '')`;
  const without = `take the marks out, or in SQL: ${digits}::DOUBLE`;
  if (marks === 'decimal comma') return `numbers with a decimal comma are read as text; ${decimal}`;
  if (marks === 'thousands') return `numbers with marks between thousands ("${example}") are read as text; ${without}`;
  return `"${example}" has a decimal comma or one between thousands, so it is text; with a decimal comma: "decimal": ","; else ${without}`;
}

/** A value that looks like a date and is none that can be read in one way only. */
function dateOf({ ends }: ColumnFacts): string | undefined {
  const isDate = (text: string) =>
    /^\d{1,4}([./-])\d{1,2}\1\d{1,4}$/.test(text) && !new RegExp(`^${patterns.date}$`).test(text);
  return ends.every(isDate) && ends[1].includes('/') ? ends[1] : ends.every(isDate) ? ends[0] : undefined;
}

/** How dates like these are probably written: a declaration knows better. */
function formatOf(ends: [string, string]): string {
  const separator = /[./-]/.exec(ends[1])![0];
  const parts = ends.map((text) => text.split(separator));
  if (parts.every(([first]) => first!.length === 4)) return ['%Y', '%m', '%d'].join(separator);
  const year = parts.every(([, , last]) => last!.length === 4) ? '%Y' : '%y';
  const american = parts.some(([, second]) => Number(second) > 12);
  return [...(american ? ['%m', '%d'] : ['%d', '%m']), year].join(separator);
}

const asMissing = () => 'read as missing, for all else in that column is numbers';
const asTexts = (words: string) => `texts as any other; where they mean that a value is missing: "nulls": [${words}]`;

async function wordNote(
  session: Session,
  columns: readonly ColumnFacts[],
  texts: string,
  said: (words: string) => string,
): Promise<string> {
  const list = missingWords.map((word) => `'${word}'`).join(', ');
  const counts = columns.map(({ name }) => `SELECT ${identifier(name)} AS word FROM (${texts})`).join(' UNION ALL ');
  const found = await session.rows(
    `SELECT word, count(*) AS n FROM (${counts}) WHERE word IN (${list}) GROUP BY word ORDER BY n DESC, word`,
  );
  const counted = found.map(({ word, n }) => `${String(n)} times "${String(word)}"`).join(', ');
  const words = found.map(({ word }) => JSON.stringify(word)).join(', ');
  const names = columns.map(({ name }) => name);
  const where = names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ');
  return `${counted} in ${where}: ${said(words)}`;
}

async function firstOdd(
  session: Session,
  column: ColumnFacts,
  { files }: Pick<Table, 'files'>,
  { nulls, decimal = '.', hidden }: Saying,
): Promise<string> {
  const { name, values, numbers, empty } = column;
  const more = values - empty - numbers > 1 ? ` (and ${values - empty - numbers - 1} more)` : '';
  for (const file of files) {
    if (!namesOf(file.layout).includes(name)) continue;
    const [odd] = await session.rows(`SELECT row, value FROM (${numbered(file, name, nulls)})
      WHERE value <> '' AND NOT ${fits(pointed('value', decimal), patterns.number)} ORDER BY row LIMIT 1`);
    if (odd === undefined) continue;
    const place = placeText(await placeOfRow(file, Number(odd.row)));
    const found = `found ${toldValue(name, odd.value, hidden)}${more}, expected numbers as in the other rows`;
    return `${place}: ${found}; column ${name} is read as text`;
  }
  return `column ${name}: found text${more}, expected numbers as in the other rows; it is read as text`;
}
