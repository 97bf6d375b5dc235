import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from '../../common/errors.js';
import { beginningOf } from '../../data/files/beginning.js';
import { streamOf } from '../../data/bytes.js';
import type { TextPreview } from '../../documents/tables/previews.js';
import { checkUnchanged, identityOf } from './archive.js';
import type { Source } from './source.js';

/** So much of a text is shown. */
const shownBytes = 64_000;

/** The beginning of a text, of a packed one too. @throws InputError for bytes that are no text */
export async function lookIntoText(source: Source, signal?: AbortSignal): Promise<TextPreview> {
  // One byte more than is shown tells whether that is all.
  const found = await beginningOfText(source, shownBytes + 1, signal);
  if (found.includes(0)) {
    const expected = 'a table (.parquet, .csv, .tsv, .json, .jsonl, .xlsx), an archive (.tar.gz, .tar, .zip) or a text';
    throw new InputError(`${source.name}: found bytes that are no text, expected ${expected}`);
  }
  await checkUnchanged(source);
  const whole = found.length <= shownBytes;
  return {
    ...{ kind: 'text-preview', schemaVersion: 1, ...identityOf(source) },
    text: new TextDecoder().decode(found.subarray(0, shownBytes), { stream: !whole }),
    whole,
  };
}

/** The first `most` bytes of a text, unpacked. @throws InputError for a damaged `.gz` */
export async function beginningOfText(source: Source, most: number, signal?: AbortSignal): Promise<Uint8Array> {
  if (!/\.gz$/i.test(source.name)) return source.read(0, most);
  const packed: Readable = streamOf(source);
  const text = packed.pipe(createGunzip());
  packed.on('error', (error) => text.destroy(error));
  signal?.addEventListener('abort', () => packed.destroy(), { once: true });
  try {
    return await beginningOf(text as AsyncIterable<Uint8Array>, most);
  } catch (error) {
    if (error instanceof Error && 'exitCode' in error) throw error;
    throw new InputError(`${source.name}: found bytes that cannot be unpacked, expected a gzip file`, { cause: error });
  } finally {
    packed.destroy();
  }
}
