import { sorted } from '../../../src/drift/methods/samples.js';
import type { CategorySample, NumericSample } from '../../../src/drift/sample.js';

/** A column of numbers as the profiles take it, rows and all. */
export function numeric(rows: Float64Array | number[], integer = false): NumericSample {
  const all = Float64Array.from(rows);
  const values = sorted(all);
  const missing = all.filter((value) => Number.isNaN(value)).length;
  return { kind: 'numeric', values, rows: all, missing, infinite: all.length - values.length - missing, integer };
}

/** How often each word stands there. */
export function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** A column of categories; in chunks of so many rows. */
export function category(words: readonly string[], chunk = words.length): CategorySample {
  const count = chunk === 0 ? 0 : Math.ceil(words.length / chunk);
  const chunks = Array.from({ length: count }, (_, at) => countsOf(words.slice(at * chunk, (at + 1) * chunk)));
  return { kind: 'category', counts: countsOf(words), chunks, missing: 0, text: true };
}
