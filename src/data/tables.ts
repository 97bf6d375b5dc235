import { basename } from 'node:path';
import { InputError, messageOf } from '../common/errors.js';
import { csvDamageOf, damageText } from './csv-damage.js';
import { checkGzip, delimited, separatorOf } from './delimited.js';
import { firstFraction, wholeNumbers } from './fractions.js';
import { firstBadRecord, jsonDamage } from './table-damage.js';
import type { Session } from './session.js';
import { identifier, literal, literals, parquetFiles } from './sql.js';
import { matchesPattern } from './types.js';

export const tableFormats = ['csv', 'tsv', 'parquet', 'json', 'jsonl'] as const;
export type TableFormat = (typeof tableFormats)[number];

const formats: [RegExp, TableFormat][] = [
  [/\.csv(\.gz)?$/i, 'csv'],
  [/\.tsv(\.gz)?$/i, 'tsv'],
  [/\.parquet$/i, 'parquet'],
  [/\.json(\.gz)?$/i, 'json'],
  [/\.(jsonl|ndjson)(\.gz)?$/i, 'jsonl'],
];

/** What a file's name says that it is. */
export const formatOf = (path: string): TableFormat | undefined => formats.find(([pattern]) => pattern.test(path))?.[1];

/** Whether a file's name says that it is a table. */
export const isTable = (path: string): boolean => formatOf(path) !== undefined;

/**
 * A SELECT over readable tables (.csv, .tsv, .parquet, .json, .jsonl; .gz too), united by column name. `types` (names
 * or `*` patterns) go before what the values look like; `given` before what the names say. InputError for another kind
 * of file.
 */
export async function tableFiles(
  session: Session,
  files: readonly string[],
  types: Record<string, string> = {},
  given?: TableFormat,
): Promise<string> {
  const alike = new Map<string, string[]>();
  for (const file of files) {
    const reader = await readerOf(file, given ?? formatOf(file));
    alike.set(reader, [...(alike.get(reader) ?? []), file]);
  }
  const parts: string[] = [];
  for (const [reader, paths] of alike) {
    const relation = (more = '') => relationOf(reader, paths, more);
    const columns = await readable(paths, () => session.describe(`SELECT * FROM ${relation()}`));
    const typed = columns.flatMap(({ name }) => {
      const type = Object.entries(types).find(([pattern]) => matchesPattern(pattern, name))?.[1];
      return type === undefined ? [] : [{ name, type }];
    });
    if (reader.length > 1) parts.push(cast(relation(), typed));
    else {
      for (const path of paths) await refuseFractions(session, path, reader, typed);
      parts.push(`SELECT * FROM ${relation(asTypes(typed))}`);
    }
  }
  return parts.join(' UNION ALL BY NAME ');
}

/** @throws InputError naming file and line of a fraction in a column that is declared to hold whole numbers */
async function refuseFractions(session: Session, path: string, separator: string, typed: Typed[]): Promise<void> {
  if (typed.length === 0) return;
  const declared = new Set(typed.map(({ name }) => name));
  const texts = delimited([path], separator, ', all_varchar = true, parallel = false');
  const present = (await session.describe(`SELECT * FROM ${texts}`)).map(({ name }) => name);
  const own = typed.filter(({ name }) => present.includes(name));
  const read = { path, typed: delimited([path], separator, asTypes(own)), texts };
  const damage = await readable([path], () => firstFraction(session, read, (name) => declared.has(name)));
  if (damage !== undefined) throw new InputError(`${basename(path)}, ${damageText(damage)}`);
}

interface Typed {
  name: string;
  type: string;
}

const asTypes = (typed: Typed[]): string =>
  typed.length === 0
    ? ''
    : `, types = {${typed.map(({ name, type }) => `${literal(name)}: ${literal(type)}`).join(', ')}}`;

function cast(relation: string, typed: Typed[]): string {
  if (typed.length === 0) return `SELECT * FROM ${relation}`;
  const columns = typed.map((one) => `${castOf(one)} AS ${identifier(one.name)}`);
  return `SELECT * REPLACE (${columns.join(', ')}) FROM ${relation}`;
}

/** A fraction stops the reading where whole numbers are declared: a plain cast would round it without a word. */
function castOf({ name, type }: Typed): string {
  const plain = `CAST(${identifier(name)} AS ${type})`;
  if (!wholeNumbers.test(type)) return plain;
  const value = `TRY_CAST(${identifier(name)} AS DOUBLE)`;
  const said = `'found ' || ${identifier(name)}::VARCHAR || ${literal(` in column ${name}, expected ${type}`)}`;
  return `CASE WHEN ${value} <> trunc(${value}) THEN error(${said}) ELSE ${plain} END`;
}

/** Files of one reader are read together: `parquet`, `json`, `jsonl`, or what separates the values. */
async function readerOf(file: string, format: TableFormat | undefined): Promise<string> {
  if (format === undefined) {
    throw new InputError(`${basename(file)}: found no known ending, expected .csv, .tsv, .parquet, .json or .jsonl`);
  }
  if (/\.gz$/i.test(file)) await checkGzip(file);
  return format === 'csv' || format === 'tsv' ? separatorOf(file, format) : format;
}

function relationOf(reader: string, files: string[], more: string): string {
  switch (reader) {
    case 'parquet':
      return parquetFiles(files);
    case 'json':
      return `read_json(${literals(files)}, union_by_name = true)`;
    case 'jsonl':
      return `read_json(${literals(files)}, format = 'newline_delimited', union_by_name = true)`;
    default:
      return delimited(files, reader, more);
  }
}

/** Runs what reads these files; a file that is not what its name says becomes an InputError with file and line. */
export async function readable<Result>(files: readonly string[], work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const damage = await damageOf(error, files);
    throw damage === undefined ? error : new InputError(damage, { cause: error });
  }
}

async function damageOf(error: unknown, files: readonly string[]): Promise<string | undefined> {
  const message = messageOf(error);
  const file = files.find((path) => message.includes(path)) ?? files[0]!;
  const damage = await csvDamageOf(error, file);
  if (damage) return `${basename(file)}, ${damageText(damage)}`;
  if (/error when sniffing/i.test(message)) return firstBadRecord(files);
  if (/malformed json/i.test(message)) return jsonDamage(file, message);
  if (/parquet|no magic bytes/i.test(message) && /invalid input error|io error/i.test(message)) {
    return `${basename(file)}: found bytes that are no Parquet, expected a Parquet file`;
  }
  const fraction = /^Invalid Input Error: (found .* in column .*, expected .*)/.exec(message)?.[1];
  if (fraction !== undefined) return `${files.map((path) => basename(path)).join(', ')}: ${fraction}`;
  const conversion = /^Conversion Error: (.*)/m.exec(message)?.[1];
  if (conversion !== undefined) return `${files.map((path) => basename(path)).join(', ')}: ${conversion}`;
  if (/invalid input error|corrupt/i.test(message)) return `${basename(file)}: ${message.split('\n')[0]}`;
  return undefined;
}
