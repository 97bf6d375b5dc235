import { basename, posix } from 'node:path';
import { crc32 } from 'node:zlib';
import { CancelledError, WrongInput } from '../../common/errors.js';
import { sizeText } from '../../common/size-text.js';
import { refuseBomb } from '../archive/refuse-bomb.js';
import { readDirectory } from '../zip/directory.js';
import type { Member } from '../zip/member.js';
import { NotXml, xmlReader, type XmlSink } from './xml.js';

/** The parts of a workbook's zip. */
export interface Parts {
  /** As its user knows the file. */
  name: string;
  has(path: string): boolean;
  /** Tells all of a part, or as much as is `enough`. @throws WrongInput for a part that is missing or damaged */
  read(path: string, sink: XmlSink, passing?: Passing): Promise<void>;
  /** What a part refers to by the ids that it gives, each with its kind, the last word of its type. */
  relations(path: string): Promise<Map<string, { kind: string; target: string }>>;
  close(): Promise<void>;
}

/** What is asked and done after every piece. */
interface Passing {
  enough?: () => boolean;
  keep?: () => Promise<void>;
}

/** Everything but the rows is held in memory, or is small. */
const largestPart = 512e6;

/**
 * Opens the zip that a workbook is, and refuses one that unpacks to more than an honest one does.
 * @throws WrongInput
 */
export async function openParts(path: string): Promise<Parts> {
  const name = basename(path);
  await refuseBomb(path, name);
  const archive = await readDirectory(path);
  const wrong = (found: string, expected: string, cause?: unknown) =>
    new WrongInput({ file: name, found, expected }, { cause });
  if (archive === undefined || archive.members.length === 0 || archive.damage.length > 0) {
    await archive?.close();
    // Workbooks with a password, and those of before 2007, are of another make.
    throw wrong(
      'no whole .xlsx workbook',
      'one that is not cut off, has no password and is not of the older kind .xls',
    );
  }
  // Names of parts do not tell case apart (ECMA-376, part 2).
  const members = new Map(archive.members.map((member) => [member.name.toLowerCase(), member]));
  const find = (part: string): Member | undefined => members.get(part.toLowerCase());

  const read = async (part: string, sink: XmlSink, { enough, keep }: Passing = {}): Promise<void> => {
    const member = find(part);
    if (member === undefined) throw wrong(`no part ${part}`, 'a workbook with all its parts');
    if (member.size > largestPart && !/sheet[^/]*$/i.test(part))
      throw wrong(`${sizeText(member.size)} in ${part}`, `at most ${sizeText(largestPart)}`);
    const xml = xmlReader(sink);
    try {
      for await (const text of textOf(member)) {
        xml.write(text);
        if (enough?.() === true) return;
        await keep?.();
      }
      xml.end();
    } catch (error) {
      if (error instanceof WrongInput || error instanceof CancelledError) throw error;
      if (error instanceof Error && 'syscall' in error) throw error;
      const found = error instanceof NotXml ? error.message : 'bytes that cannot be unpacked';
      throw wrong(`${found} in ${part}`, 'a workbook that is not damaged', error);
    }
  };
  return {
    name,
    has: (part) => find(part) !== undefined,
    read,
    close: () => archive.close(),
    relations: async (part) => {
      const found = new Map<string, { kind: string; target: string }>();
      const folder = posix.dirname(part);
      const where = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
      if (find(where) === undefined) return found;
      await read(where, {
        open: (tag, attribute) => {
          const [id, target] = [attribute('Id'), attribute('Target')];
          if (tag !== 'Relationship' || id === undefined || target === undefined) return;
          const place = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
          found.set(id, { kind: posix.basename(attribute('Type') ?? ''), target: place });
        },
        text: () => undefined,
        close: () => undefined,
      });
      return found;
    },
  };
}

/** A part's text, held against the size and the checksum that its zip says. */
async function* textOf(member: Member): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [sum, size] = [0, 0];
  for await (const piece of (await member.open()) as AsyncIterable<Buffer>) {
    if (size === 0 && ((piece[0] === 0xff && piece[1] === 0xfe) || (piece[0] === 0xfe && piece[1] === 0xff)))
      throw new NotXml('UTF-16');
    sum = crc32(piece, sum);
    if ((size += piece.length) > member.size) break;
    yield decoder.decode(piece, { stream: true });
  }
  if (size !== member.size || sum !== member.crc32) throw new NotXml('other bytes than its zip says');
  yield decoder.decode();
}
