import type { Matrix } from './matrix.js';

/** A column of texts as learners take it: codes into the sorted list of its values. No text, `""`, is no value. */
export function codesOf(texts: readonly (string | null)[]): { values: Float64Array; words: string[] } {
  const words = [...new Set(texts.filter((text): text is string => text !== null && text !== ''))].sort();
  const codes = new Map(words.map((word, code) => [word, code]));
  return { values: Float64Array.from(texts, (text) => codes.get(text ?? '') ?? NaN), words };
}

/** The values of a column of texts, null where one is missing. */
export function textsOf({ columns, values, categories }: Matrix, name: string): (string | null)[] {
  const words = categories?.[name] ?? [];
  return Array.from(values[columns.indexOf(name)]!, (code) => words[code] ?? null);
}
