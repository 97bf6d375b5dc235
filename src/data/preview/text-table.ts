import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { sizeText } from '../../common/size-text.js';
import { InputError, messageOf, WrongInput } from '../../common/errors.js';
import { beginningOf } from '../files/beginning.js';
import { streamOf, type Bytes } from '../bytes.js';
import { withSession } from '../duckdb/session.js';
import { type TableFormat } from '../table-formats.js';
import { readable, readTable } from '../tables.js';
import { columnsOf, counted, cutReason, firstRows, type Looked } from './first-rows.js';
import { limits } from './limits.js';
import type { Wish } from './parquet.js';
import { endOfRecords } from './records.js';

type TextFormat = Exclude<TableFormat, 'parquet'>;

/** The first rows of a delimited file, of JSON or of a workbook's sheet; of a large one only its beginning is read. */
export async function previewText(
  bytes: Bytes,
  name: string,
  format: TextFormat,
  folder: string,
  wish: Wish,
): Promise<Looked> {
  const cut = !wish.whole && bytes.size > limits.unasked;
  if (cut && (format === 'json' || format === 'xlsx')) {
    const why = `it is one piece of ${sizeText(bytes.size)}, which is read only when asked`;
    return { total: null, columns: [], rows: [], unread: bytes.size, reasons: { rows: why, total: why } };
  }
  const path = join(folder, `part.${format}`);
  const packed = /\.gz$/i.test(name);
  const whole = cut ? false : await unpack(bytes, packed, name, path, wish);
  if (!whole) await writeBeginning(bytes, packed, format, path);
  return withSession({ folders: [folder], threads: 1, memoryLimit: '1GB', signal: wish.signal }, (session) =>
    named(name, path, () =>
      readable([path], async () => {
        const { select } = await readTable(session, [path], { given: format });
        const columns = await columnsOf(session, select);
        const { rows, cut: shortened } = await firstRows(session, select, columns, wish.rows);
        const reasons = cutReason(shortened);
        if (whole) {
          const { total, nulls } = await counted(session, select, columns);
          const known = columns.map((column, at) => ({ ...column, nulls: nulls[at]! }));
          return { total, columns: known, rows, unread: null, reasons };
        }
        const why = 'only its beginning was read';
        return { total: null, columns, rows, unread: bytes.size, reasons: { ...reasons, total: why, nulls: why } };
      }),
    ),
  );
}

/** Whether all of it is in the file at `path` now; a packed text that unpacks to very much is not. */
async function unpack(bytes: Bytes, packed: boolean, name: string, path: string, wish: Wish): Promise<boolean> {
  let passed = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      passed += chunk.length;
      done(passed > limits.unpacked && !wish.whole ? new TooLarge() : null, chunk);
    },
  });
  const steps = [streamOf(bytes), ...(packed ? [createGunzip()] : []), meter, createWriteStream(path)];
  try {
    await pipeline(steps, { signal: wish.signal });
    return true;
  } catch (error) {
    wish.signal?.throwIfAborted();
    if (error instanceof TooLarge) return false;
    if (!packed || (error instanceof Error && 'exitCode' in error)) throw error;
    throw new InputError(`${name}: found ${messageOf(error)}, expected a whole gzip file`, { cause: error });
  }
}

class TooLarge extends Error {}

/** Whole records from the beginning. */
async function writeBeginning(bytes: Bytes, packed: boolean, format: TextFormat, path: string): Promise<void> {
  const stream: Readable = streamOf(bytes, packed ? undefined : limits.beginning);
  const text = packed ? stream.pipe(createGunzip()) : stream;
  stream.on('error', (error) => text.destroy(error));
  const beginning = await beginningOf(text as AsyncIterable<Uint8Array>, limits.beginning);
  stream.destroy();
  await writeFile(path, beginning.subarray(0, endOfRecords(beginning, format !== 'jsonl')));
}

/** The person who reads of a mistake knows the object by its own name, not by that of the part that was read. */
async function named<Result>(name: string, path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WrongInput) throw new WrongInput({ ...error.at, file: name }, { cause: error });
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.message.replace(basename(path), name), { cause: error });
  }
}
