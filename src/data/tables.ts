import { basename } from 'node:path';
import { InputError, messageOf } from '../common/errors.js';
import { csvDamageOf, damageText } from './csv-damage.js';
import type { Session } from './session.js';
import { literal, literals, parquetFiles } from './sql.js';
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

const delimited = (files: string[], delimiter: string, types: string) =>
  `read_csv(${literals(files)}, delim = ${literal(delimiter)}, header = true, union_by_name = true, sample_size = -1${types})`;

function relationOf(format: TableFormat, files: string[], types: string): string {
  switch (format) {
    case 'csv':
      return delimited(files, ',', types);
    case 'tsv':
      return delimited(files, '\t', types);
    case 'parquet':
      return parquetFiles(files);
    case 'json':
      return `read_json(${literals(files)}, union_by_name = true)`;
    case 'jsonl':
      return `read_json(${literals(files)}, format = 'newline_delimited', union_by_name = true)`;
  }
}

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
  const byFormat = new Map<TableFormat, string[]>();
  for (const file of files) {
    const format = given ?? formatOf(file);
    if (format === undefined) {
      throw new InputError(`${basename(file)}: found no known ending, expected .csv, .tsv, .parquet, .json or .jsonl`);
    }
    byFormat.set(format, [...(byFormat.get(format) ?? []), file]);
  }
  const parts: string[] = [];
  for (const [format, paths] of byFormat) {
    const relation = relationOf(format, paths, '');
    const columns = await readable(paths, () => session.describe(`SELECT * FROM ${relation}`));
    const typed = columns.flatMap(({ name }) => {
      const type = Object.entries(types).find(([pattern]) => matchesPattern(pattern, name))?.[1];
      return type === undefined ? [] : [{ name, type }];
    });
    if (format === 'csv' || format === 'tsv') {
      const list = typed.map(({ name, type }) => `${literal(name)}: ${literal(type)}`).join(', ');
      parts.push(`SELECT * FROM ${relationOf(format, paths, typed.length === 0 ? '' : `, types = {${list}}`)}`);
    } else parts.push(`SELECT * FROM ${relation}`);
  }
  return parts.join(' UNION ALL BY NAME ');
}

/** Runs what reads these files; a file that is not what its name says becomes an InputError with file and line. */
export async function readable<Result>(files: readonly string[], work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const message = messageOf(error);
    const file = files.find((path) => message.includes(path)) ?? files[0]!;
    const damage = await csvDamageOf(error, file);
    if (damage) throw new InputError(`${basename(file)}, ${damageText(damage)}`, { cause: error });
    const unreadable = /malformed json|invalid input error|no magic bytes|corrupt|gzip/i.test(message);
    if (unreadable) throw new InputError(`${basename(file)}: ${message.split('\n')[0]}`, { cause: error });
    throw error;
  }
}
