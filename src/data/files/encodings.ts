import { type Encoding, encodings } from '../../documents/tables/encodings.js';

const marks: [Encoding, number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** What the mark at a text's beginning says. */
export const markOf = (bytes: Uint8Array): Encoding | undefined =>
  marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];

/** What a text that is not UTF-8 probably is, by some of its bytes; undefined where they look like none of ours. */
export function likelyEncoding(bytes: Uint8Array): Encoding | undefined {
  const marked = markOf(bytes);
  if (marked !== undefined && marked !== 'utf-8') return marked;
  // In UTF-16 every other byte of most letters is 0.
  const zeros = [0, 0];
  const looked = bytes.subarray(0, 4096);
  for (const [at, byte] of looked.entries()) if (byte === 0) zeros[at % 2]! += 1;
  const many = looked.length / 4;
  if (zeros[1]! > many || zeros[0]! > many) return zeros[1]! > zeros[0]! ? 'utf-16le' : 'utf-16be';
  let [high, beside, between] = [0, 0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at]! < 0x80) continue;
    high += 1;
    if (bytes[at]! < 0xa0) between += 1;
    if (at > 0 && bytes[at - 1]! >= 0x80) beside += 1;
  }
  // Letters with accents stand alone among others; where they stand together, another alphabet is written.
  if (beside * 3 > high) return undefined;
  return between > 0 ? 'windows-1252' : 'latin1';
}

/** What is found and expected where a text is not UTF-8. */
export function notUtf8(bytes: Uint8Array): [found: string, expected: string] {
  const likely = likelyEncoding(bytes);
  if (likely === undefined)
    return ['bytes that are not UTF-8', `UTF-8 text, or --encoding with one of ${encodings.slice(1).join(', ')}`];
  const found = likely.startsWith('utf-16') ? 'UTF-16 text' : 'bytes that are not UTF-8';
  return [found, `UTF-8 text; it looks like ${likely}: --encoding ${likely}, or "encoding": "${likely}" of its source`];
}
