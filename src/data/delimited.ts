import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InputError } from '../common/errors.js';
import { damageText } from './csv-damage.js';
import { readHeader } from './csv-header.js';
import { literal, literals } from './sql.js';

/**
 * `read_csv(…)` over files with a header line, separated alike. The quote is said, not sniffed: a sniffer that meets
 * one that is never closed takes it for a letter and goes on.
 */
export const delimited = (files: readonly string[], separator: string, more = ''): string =>
  `read_csv(${literals(files)}, delim = ${literal(separator)}, quote = '"', escape = '"', header = true, union_by_name = true, sample_size = -1${more})`;

/** What separates the values of a file with a header line. @throws InputError naming file and line */
export async function separatorOf(path: string, format: 'csv' | 'tsv'): Promise<string> {
  const header = await readHeader(path, format === 'tsv' ? ['\t'] : [',', ';', '\t', '|']);
  if ('damage' in header) throw new InputError(`${basename(path)}, ${damageText(header.damage)}`);
  return header.separator;
}

/** A cut `.gz` reads like a shorter file, so it is unpacked to its checksum first. @throws InputError naming the file */
export async function checkGzip(path: string): Promise<void> {
  try {
    await pipeline(createReadStream(path), createGunzip(), async (unpacked) => {
      for await (const chunk of unpacked) void chunk;
    });
  } catch (error) {
    throw new InputError(`${basename(path)}: found ${gzipWords(error)}, expected a whole gzip file`, { cause: error });
  }
}

function gzipWords(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'Z_BUF_ERROR':
      return 'its end missing';
    case 'Z_DATA_ERROR':
      return 'bytes that cannot be unpacked';
    default:
      return String((error as Error).message);
  }
}
