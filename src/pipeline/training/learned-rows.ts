import { keys } from '../../documents/keys.js';
import { isCategory } from '../../models/table/columns.js';
import { textsOf as textsOfColumn } from '../../models/table/texts.js';
import type { Environment } from '../../platform/ports/environment.js';
import type { Part } from '../evaluating/parts.js';

/** Two words of 32 bits say which row it is, two what its numbers are. */
const wordsOfRow = 4;
/** Where fewer rows than this share are unlike all others, being alike says nothing of being the same. */
const tellingShare = 0.99;

/** Mixes a word into a hash of two words: two rounds of MurmurHash3 with constants of their own. */
function mix(hash: Uint32Array, at: number, word: number): void {
  hash[at] = round(hash[at]!, word, 0xcc9e2d51, 0x1b873593);
  hash[at + 1] = round(hash[at + 1]!, word, 0x85ebca6b, 0xc2b2ae35);
}

function mixText(hash: Uint32Array, at: number, text: string): void {
  for (let place = 0; place < text.length; place += 1) mix(hash, at, text.charCodeAt(place));
}

function round(hash: number, word: number, one: number, other: number): number {
  const k = Math.imul(turn(Math.imul(word, one), 15), other);
  return Math.imul(turn(hash ^ k, 13), 5) + 0xe6546b64;
}

const turn = (word: number, by: number) => (word << by) | (word >>> (32 - by));

/**
 * A fingerprint of every row: of its record id, and of the numbers in it by the names of their columns. Rows of which
 * both are equal are taken for one row; by chance that happens once in some 10^15 pairs.
 */
export function fingerprintsOf({ matrix, recordIds }: Pick<Part, 'matrix' | 'recordIds'>): Uint32Array {
  const found = new Uint32Array(recordIds.length * wordsOfRow).fill(0x811c9dc5);
  recordIds.forEach((id, row) => {
    mixText(found, row * wordsOfRow, id);
  });
  const order = [...matrix.columns.keys()].sort((a, b) => (matrix.columns[a]! < matrix.columns[b]! ? -1 : 1));
  const number = new Float64Array(1);
  const words = new Uint32Array(number.buffer);
  for (const column of order) {
    const values = matrix.values[column]!;
    const name = matrix.columns[column]!;
    if (isCategory(matrix, name)) {
      // Codes are of one table alone; the words are the same in all.
      textsOfColumn(matrix, name).forEach((text, row) => mixText(found, row * wordsOfRow + 2, text ?? ''));
      continue;
    }
    for (let row = 0; row < recordIds.length; row += 1) {
      // One not-a-number, one zero.
      number[0] = Number.isNaN(values[row]!) ? NaN : values[row]! + 0;
      mix(found, row * wordsOfRow + 2, words[0]!);
      mix(found, row * wordsOfRow + 2, words[1]!);
    }
  }
  return found;
}

/** `learned_rows.bin`: the fingerprints of all rows that a version learned from, four little-endian words each. */
export function learnedRowsFile(parts: readonly Part[]): Uint8Array {
  return Buffer.concat(parts.map((part) => Buffer.from(fingerprintsOf(part).buffer)));
}

/** By what a row is known again: by its record id, by that and its numbers, or by its numbers alone. */
export type KnownBy = 'id' | 'id and numbers' | 'numbers';

/**
 * Tells for the rows of a part whether a version learned from them. Undefined where the version left no list of its
 * rows; null where its rows are so much alike that their numbers cannot tell.
 */
export async function learnedRowsOf(
  { objects }: Pick<Environment, 'objects'>,
  version: string,
  by: KnownBy,
): Promise<((part: Part) => (row: number) => boolean) | null | undefined> {
  const bytes = await objects.read(keys.learnedRows(version));
  if (bytes === undefined) return undefined;
  const stored = new Uint32Array(Uint8Array.from(bytes).buffer);
  const learned = new Set(textsOf(stored, by));
  if (by === 'numbers' && learned.size < (tellingShare * stored.length) / wordsOfRow) return null;
  return (part) => {
    const texts = textsOf(fingerprintsOf(part), by);
    return (row) => learned.has(texts[row]!);
  };
}

function textsOf(fingerprints: Uint32Array, by: KnownBy): string[] {
  const [from, to] = by === 'id' ? [0, 2] : by === 'numbers' ? [2, 4] : [0, 4];
  return Array.from({ length: fingerprints.length / wordsOfRow }, (_, row) =>
    fingerprints.subarray(row * wordsOfRow + from, row * wordsOfRow + to).join(' '),
  );
}
