import { notUtf8 } from './encodings.js';
import { type Layout, wrongIn } from './layout.js';
import { plainRecords } from './plain-records.js';
import { bytesOfText, utf8Check } from './text-bytes.js';
import { tokenizer } from './tokenizer.js';

/** A file that was looked through from end to end. */
export interface Scan {
  /** Records below the header. */
  records: number;
  /** How lines end; `mixed` is now `\n`, now `\r\n`. */
  ends: 'lf' | 'crlf' | 'mixed' | 'cr';
  /** Whether a value holds a line break. */
  quotedBreaks: boolean;
  /** Bytes of the longest record. */
  longest: number;
  /** Whether a fraction could stand in it: a point, or an exponent below zero. */
  fractions: boolean;
}

/** A longer record is refused: it is a quote that nothing closes, or no table. */
const longestRecord = 64e6;

/**
 * Looks through a whole file before anything else reads it, so that every other reader must come to as many records.
 * @throws WrongInput naming the line that is not as the layout says
 */
export async function scanFile(path: string, layout: Layout): Promise<Scan> {
  return (await scanPlain(path, layout)) ?? (await scanClosely(path, layout));
}

/** undefined: the file is not plain, or something is wrong with it. Widths are left to the strict parser. */
async function scanPlain(path: string, { delimiter, columns, header }: Layout): Promise<Scan | undefined> {
  const lines = plainRecords(delimiter, header);
  const letters = utf8Check();
  let fractions = false;
  for await (const bytes of bytesOfText(path)) {
    if (letters.write(bytes) < bytes.length || !lines.write(bytes)) return undefined;
    fractions ||= mayHoldFractions(bytes);
  }
  if (!lines.end() || !letters.end() || lines.counted.longest > longestRecord) return undefined;
  const { records, blank, longest, quotedBreaks } = lines.counted;
  // An empty line of a table of one column is a row without a value.
  const all = records + (columns.length === 1 ? blank : 0);
  return { records: header === undefined ? all : all - 1, ends: 'lf', quotedBreaks, longest, fractions };
}

const mayHoldFractions = (bytes: Buffer): boolean =>
  bytes.includes('.') || bytes.includes('e-') || bytes.includes('E-') || /[-eE]/.test(String.fromCharCode(bytes[0]!));

/**
 * The same by the tokenizer, record by record: it also knows the widths, and says on which line something is wrong.
 * @throws WrongInput
 */
export async function scanClosely(path: string, { delimiter, columns, header }: Layout): Promise<Scan> {
  const wrong = wrongIn(path);
  const width = columns.length;
  const scan: Scan = { records: 0, ends: 'lf', quotedBreaks: false, longest: 0, fractions: false };
  const compare = width > 1 && header !== undefined ? repeats(header) : undefined;
  let last = 0;
  const text = tokenizer(delimiter, wrong, {
    record: (fields, line, from, to) => {
      last = to;
      if (fields === 0 && width > 1) return;
      if (fields !== width && fields > 0) throw wrong(line, `${fields} columns`, String(width));
      if (scan.records > 0 && compare?.is(from, to))
        throw wrong(line, 'the header again', 'rows: two files were put together');
      scan.records += 1;
      if (to - from > scan.longest) scan.longest = to - from;
    },
  });
  const letters = utf8Check();
  let offset = 0;
  for await (const bytes of bytesOfText(path)) {
    const good = letters.write(bytes);
    compare?.pass(bytes);
    text.write(good < bytes.length ? bytes.subarray(0, good) : bytes);
    if (good < bytes.length) throw wrong(text.seen.line, ...notUtf8(bytes.subarray(good)));
    scan.fractions ||= mayHoldFractions(bytes);
    offset += bytes.length;
    if (offset - last <= longestRecord) continue;
    // Says that a quote is open, if one is.
    text.end();
    throw wrong(text.seen.line, 'a record of more than 64 MB', 'rows of a table');
  }
  if (!letters.end()) throw wrong(text.seen.line, 'bytes that are not UTF-8', 'UTF-8 text, whole to its last letter');
  text.end();
  const { ends, quotedBreaks } = text.seen;
  const records = header === undefined ? scan.records : scan.records - 1;
  return { ...scan, records, ends: endsOf(ends), quotedBreaks };
}

function endsOf({ lf, crlf, cr }: Record<'lf' | 'crlf' | 'cr', number>): Scan['ends'] {
  if (cr > 0) return 'cr';
  if (crlf === 0) return 'lf';
  return lf > 0 ? 'mixed' : 'crlf';
}

/** Whether a record has the very bytes of the header, by its place in what passed. */
function repeats(header: Buffer) {
  let [kept, begin] = [Buffer.alloc(0), 0];
  return {
    pass(bytes: Buffer) {
      const tail = kept.subarray(Math.max(0, kept.length - header.length - 2));
      begin += kept.length - tail.length;
      kept = Buffer.concat([tail, bytes]);
    },
    is: (from: number, to: number) =>
      to - from === header.length && from >= begin && kept.subarray(from - begin, to - begin).equals(header),
  };
}

/** The line on which a row begins; rows count from 1 below the header, empty lines only in a table of one column. */
export const lineOfRow = (path: string, layout: Layout, row: number): Promise<number> =>
  lineOf(path, layout.delimiter, layout.header === undefined ? row : row + 1, layout.columns.length === 1);

/** The line on which a record begins, counted as DuckDB does in its errors: the header is 1, an empty line counts. */
export const recordLine = (path: string, { delimiter }: Layout, record: number): Promise<number> =>
  lineOf(path, delimiter, record, true);

async function lineOf(path: string, delimiter: string, wanted: number, emptyCount: boolean): Promise<number> {
  let [found, records] = [1, 0];
  const text = tokenizer(delimiter, wrongIn(path), {
    record: (fields, line) => {
      if (fields === 0 && !emptyCount) return;
      records += 1;
      if (records <= wanted) found = line;
    },
  });
  for await (const bytes of bytesOfText(path)) {
    text.write(bytes);
    if (records >= wanted) return found;
  }
  text.end();
  return found;
}
