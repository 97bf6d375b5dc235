import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { InputError } from '../common/errors.js';
import type { Session } from './session.js';
import { identifier, literal } from './sql.js';
import { formatOf, readable, type TableFormat } from './tables.js';

/**
 * A SELECT over a delimited file without a header, its columns named `0`, `1`, … What separates them is what the
 * format says, else what the first line shows: a tab, a comma, a semicolon or a space.
 */
export async function headerlessFile(session: Session, path: string, given?: TableFormat): Promise<string> {
  const format = given ?? formatOf(path);
  if (format !== undefined && format !== 'csv' && format !== 'tsv')
    throw new InputError(`${basename(path)}: found ${format}, expected delimited text: only that can lack a header`);
  const delimiter = { csv: ',', tsv: '\t', unknown: '' }[format ?? 'unknown'] || separatorIn(await firstLine(path));
  const relation = `read_csv(${literal(path)}, delim = ${literal(delimiter)}, quote = '"', escape = '"', header = false, sample_size = -1)`;
  const columns = await readable([path], () => session.describe(`SELECT * FROM ${relation}`));
  return `SELECT * FROM ${relation} AS t(${columns.map((_, place) => identifier(String(place))).join(', ')})`;
}

const separatorIn = (line: string): string => ['\t', ',', ';', ' '].find((one) => line.includes(one)) ?? ',';

async function firstLine(path: string): Promise<string> {
  for await (const line of createInterface({ input: createReadStream(path) })) if (line.trim() !== '') return line;
  return '';
}
