import { createWriteStream } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WrongInput } from '../../common/errors.js';
import type { Encoding } from '../../documents/tables/encodings.js';
import { markOf } from './encodings.js';
import { markOfFile, rawBytesOfText, utf8Check } from './text-bytes.js';

/** What Windows-1252 has where Latin-1 has control characters, 80 to 9F; a dot for nothing. */
const letters1252 = '€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ';

/** Bytes that Windows-1252 gives no letter, and control characters of Latin-1 that stand in no table. */
const without = { 'windows-1252': /[\x81\x8d\x8f\x90\x9d]/, latin1: /[\x80-\x9f]/ } as const;
/**
 * A text file as one in UTF-8 of the same name in `folder`; one that is UTF-8 is left where it is. A mark at its beginning
 * goes before what was said.
 * @throws WrongInput naming the line of a byte that is no letter in this encoding, and for a text that is written otherwise
 */
export async function inUtf8(path: string, said: Encoding = 'utf-8', folder: string): Promise<string> {
  const encoding = (await markOfFile(path)) ?? said;
  if (encoding === 'utf-8') return path;
  const to = join(await mkdtemp(join(folder, 'text-')), basename(path).replace(/\.gz$/i, ''));
  await pipeline(Readable.from(decoded(rawBytesOfText(path), encoding, basename(path))), createWriteStream(to));
  return to;
}

/** Pieces of a text in the encoding that its mark or else its user says, as pieces of UTF-8. */
export async function* decoded(pieces: AsyncIterable<Buffer>, said: Encoding, file: string): AsyncGenerator<Buffer> {
  const utf8 = utf8Check();
  let [encoding, letters] = [said, decoderOf(said)];
  let [line, first, maybeUtf8, plain] = [1, true, true, true];
  const wrong = (found: string) =>
    new WrongInput({ file, line, found, expected: `${encoding} text, as was said; another is said by --encoding` });
  for await (const bytes of pieces) {
    const mark = first ? markOf(bytes) : undefined;
    if (mark !== undefined) [encoding, letters] = [mark, decoderOf(mark)];
    first = false;
    maybeUtf8 &&= utf8.write(bytes) === bytes.length;
    plain &&= bytes.every((byte) => byte < 0x80);
    const { text, wrongAt, found } = letters(bytes.subarray(mark === undefined ? 0 : mark === 'utf-8' ? 3 : 2));
    if (wrongAt !== undefined) {
      line += text.slice(0, wrongAt).split('\n').length - 1;
      throw wrong(found!);
    }
    line += text.split('\n').length - 1;
    yield Buffer.from(text);
  }
  const rest = letters();
  if (rest.wrongAt !== undefined) throw wrong(rest.found!);
  // Two letters of Latin-1 that happen to be one of UTF-8 are rare; a text full of them is UTF-8.
  const oneByte = encoding === 'latin1' || encoding === 'windows-1252';
  if (oneByte && maybeUtf8 && utf8.end() && !plain) {
    line = 1;
    throw wrong('letters of UTF-8');
  }
}

interface Letters {
  text: string;
  wrongAt?: number;
  found?: string;
}

/** Decodes piece after piece; without one, says what is left. */
function decoderOf(encoding: Encoding): (bytes?: Buffer) => Letters {
  if (encoding === 'latin1' || encoding === 'windows-1252') return (bytes) => ofOneByte(bytes, encoding);
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (bytes) => {
    try {
      return { text: bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true }) };
    } catch {
      return { text: '', wrongAt: 0, found: 'half of a character' };
    }
  };
}

function ofOneByte(bytes: Buffer | undefined, encoding: keyof typeof without): Letters {
  if (bytes === undefined) return { text: '' };
  const text = bytes.toString('latin1');
  const wrongAt = without[encoding].exec(text)?.index;
  if (wrongAt !== undefined) {
    const byte = `byte ${bytes[wrongAt]!.toString(16).toUpperCase()}`;
    const better = encoding === 'latin1' && without['windows-1252'].exec(text) === null;
    return { text, wrongAt, found: better ? `${byte}, a letter of windows-1252` : `${byte}, which is no letter` };
  }
  return {
    text:
      encoding === 'latin1'
        ? text
        : text.replace(/[\x80-\x9f]/g, (letter) => letters1252[letter.charCodeAt(0) - 0x80]!),
  };
}
