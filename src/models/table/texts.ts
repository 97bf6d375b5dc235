import { columnOf, wordsOf } from './columns.js';
import type { Matrix } from './matrix.js';

/** A column of texts as learners take it: codes into the sorted list of its values. No text, `""`, is no value. */
export function codesOf(texts: readonly (string | null)[]): { values: Float64Array; words: string[] } {
  const words = [...new Set(texts.filter((text): text is string => text !== null && text !== ''))].sort();
  const codes = new Map(words.map((word, code) => [word, code]));
  return { values: Float64Array.from(texts, (text) => codes.get(text ?? '') ?? NaN), words };
}

/** The values of a column of texts, null where one is missing. */
export function textsOf(matrix: Matrix, name: string): (string | null)[] {
  const words = wordsOf(matrix, name) ?? [];
  return Array.from(columnOf(matrix, name), (code) => words[code] ?? null);
}
