import { InputError } from '../../common/errors.js';
import type { Scored } from './scored.js';

/** Leaves out rows without a label or a score, and counts them. @throws InputError for a row without a weight */
export function keepRows<Table extends Omit<Scored, 'missing'>>(table: Table): { kept: Table; missing: number } {
  const { labels, scores, weights, slices } = table;
  const complete: number[] = [];
  for (let row = 0; row < labels.length; row++) {
    if (Number.isNaN(labels[row]) || scores.some((column) => Number.isNaN(column[row]))) continue;
    if (weights && Number.isNaN(weights[row]))
      throw new InputError(`row ${row + 1}: found no weight, expected a number`);
    complete.push(row);
  }
  const missing = labels.length - complete.length;
  if (missing === 0) return { kept: table, missing };
  const pick = (values: ArrayLike<number>) => Float64Array.from(complete, (row) => values[row]!);
  const kept = {
    ...table,
    labels: pick(labels),
    scores: scores.map(pick),
    ...(weights ? { weights: pick(weights) } : {}),
    slices: slices.map(({ name, text, numbers }) => ({
      name,
      text: complete.map((row) => text[row]!),
      numbers: numbers === null ? null : pick(numbers),
    })),
  };
  return { kept, missing };
}
