import { isUtf8 } from 'node:buffer';
import { basename } from 'node:path';
import { WrongInput } from '../../common/errors.js';
import { likelyEncoding, notUtf8 } from './encodings.js';
import { readRecords, type TextRecord } from './records.js';
import { bytesOfText } from './text-bytes.js';
import { tokenizer, type Wrong } from './tokenizer.js';

/** How a delimited file is to be read: decided once, by its first lines. */
export interface Layout {
  delimiter: string;
  /** As its header names them; a column without a name has an empty one. Places `0`, `1`, … where there is no header. */
  columns: string[];
  /** The bytes of the header's record; undefined where there is none. */
  header: Buffer | undefined;
  /** Whether a value of the first record holds a line break. */
  severalLines: boolean;
}

/** What may stand between the values of a file, by what its name or `--format` says; spaces where nothing else does. */
const delimiters = { csv: [',', ';', '\t', '|'], tsv: ['\t'], unknown: ['\t', ',', ';', ' '] } as const;
export type DelimitedKind = keyof typeof delimiters;
const shown: Record<string, string> = { '\t': 'tabs', ',': 'commas', ';': 'semicolons', '|': '|', ' ': 'spaces' };

const enough = 1 << 18;

/** Errors that name a file and a line. */
export const wrongIn =
  (path: string): Wrong =>
  (line, found, expected) =>
    new WrongInput({ file: basename(path), line, found, expected });

/**
 * Decides delimiter and columns of a file.
 * @param header whether its first line names the columns
 * @throws WrongInput for an empty file, a column that is named twice, or a delimiter that cannot be decided
 */
export async function layoutOf(path: string, kind: DelimitedKind, header = true): Promise<Layout> {
  return layoutIn(await beginningOf(path), wrongIn(path), kind, header);
}

/** The same by the first bytes of a file: its first record must be among them. */
export function layoutIn(beginning: Buffer, wrong: Wrong, kind: DelimitedKind, header = true): Layout {
  if (beginning.length === 0) throw wrong(1, 'an empty file', header ? 'a line of column names' : 'rows');
  if (beginning.includes(0) && likelyEncoding(beginning)?.startsWith('utf-16') === true)
    throw wrong(1, ...notUtf8(beginning));
  const delimiter = delimiterOf(beginning, delimiters[kind], wrong);
  const { records } = readRecords(beginning, delimiter, wrong, 1);
  const [first] = records;
  if (first === undefined || (header && first.line > 1))
    throw wrong(1, 'an empty line', header ? 'a line of column names' : 'rows');
  const names = first.values.map(({ text }) => text);
  const separator = header ? /^sep=(.)?$/i.exec(beginning.toString('utf8', first.from, first.to).trim()) : null;
  if (separator)
    throw wrong(first.line, `"${separator[0]}", which tells Excel the separator`, 'column names: take that line out');
  const severalLines = names.some((name) => /[\r\n]/.test(name));
  if (!header) return { delimiter, columns: names.map((_, place) => String(place)), header: undefined, severalLines };
  checkNames(first, names, beginning, wrong);
  return { delimiter, columns: names, header: Buffer.from(beginning.subarray(first.from, first.to)), severalLines };
}

async function beginningOf(path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of bytesOfText(path)) {
    pieces.push(piece);
    if ((length += piece.length) >= enough) break;
  }
  return Buffer.concat(pieces);
}

function checkNames(header: TextRecord, names: string[], beginning: Buffer, wrong: Wrong): void {
  if (!isUtf8(beginning.subarray(header.from, header.to))) throw wrong(header.line, ...notUtf8(beginning));
  const seen = new Set<string>();
  for (const name of names) {
    const key = name.toLowerCase();
    if (key !== '' && seen.has(key)) throw wrong(header.line, `column ${name} twice`, 'every column once');
    seen.add(key);
  }
}

/**
 * The one that stands in the first record; of several the one that gives the records after it as many values.
 * @throws when several do, or when only another one separates the values behind a header of one name
 */
function delimiterOf(beginning: Buffer, candidates: readonly string[], wrong: Wrong): string {
  const widths = candidates.map((one) => widthsBy(beginning, one));
  // What stands in quotes separates nothing, also where another delimiter would not see them as quotes.
  const [bare = ''] = beginning
    .toString('utf8')
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/[\r\n]/, 1);
  const present = candidates.filter((one, place) => (widths[place]![0] ?? 0) > 1 && bare.includes(one));
  const inHeader = present.length > 1 ? present.filter((one) => one !== ' ') : present;
  if (inHeader.length === 0) {
    refuseOthers(beginning, candidates, wrong);
    return candidates[0]!;
  }
  if (inHeader.length === 1) return inHeader[0]!;
  const share = (one: string) => {
    const [first, ...rest] = widths[candidates.indexOf(one)]!;
    return rest.length === 0 ? 0 : rest.filter((width) => width === first).length / rest.length;
  };
  const shares = inHeader.map(share);
  const best = Math.max(...shares);
  const fitting = inHeader.filter((_, place) => shares[place] === best);
  if (fitting.length === 1) return fitting[0]!;
  const found = fitting.map((one) => shown[one]!).join(' and ');
  throw wrong(1, `${found}, each of which could separate the columns`, 'one of them, or quotes around the names');
}

/** A first record of one value, and behind it several to each record, or several between what nobody said separates them. */
function refuseOthers(beginning: Buffer, candidates: readonly string[], wrong: Wrong): void {
  for (const one of [',', ';', '\t', '|']) {
    const [first = 1, second = first, ...rest] = widthsBy(beginning, one);
    const alike = second > 1 && rest.every((width) => width === second);
    if (alike && first === 1) throw wrong(2, `${second} values between ${shown[one]!}`, '1 as in the first line');
    if (alike && first === second && !candidates.includes(one))
      throw wrong(1, `${shown[one]!} between the values`, shown[candidates[0]!]!);
  }
}

/** So many records decide. */
const most = 200;

/** How many values each of the first records has by a delimiter, up to where it does not fit any more. */
function widthsBy(beginning: Buffer, delimiter: string): number[] {
  const widths: number[] = [];
  const reading = tokenizer(delimiter, (line) => new Unfit(String(line)), {
    record: (fields) => void (fields > 0 && widths.push(fields)),
  });
  try {
    for (let at = 0; at < beginning.length && widths.length < most; at += 4096)
      reading.write(beginning.subarray(at, at + 4096));
    if (widths.length === 0 || beginning.length < enough) reading.end();
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
  }
  return widths.slice(0, most);
}

class Unfit extends Error {}
