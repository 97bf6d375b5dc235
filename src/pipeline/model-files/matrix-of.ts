import type { Columns } from '../../data/columns.js';
import type { Matrix } from '../../models/table/matrix.js';

/**
 * Columns as a learner takes them, in the order of `names`: texts become codes into the sorted list of those that
 * occur. `rename` gives columns of a file without a header their names in the model.
 */
export function matrixOf(columns: Columns, names: string[], rename: (name: string) => string = (name) => name): Matrix {
  const categories: Record<string, string[]> = {};
  const values = names.map((name) => {
    const words = columns.text.get(name);
    if (words === undefined) return columns.values[columns.columns.indexOf(name)]!;
    const known = [...new Set(words.filter((word) => word !== null))].sort();
    categories[rename(name)] = known;
    const codes = new Map(known.map((word, code) => [word, code]));
    return Float64Array.from(words, (word) => (word === null ? NaN : codes.get(word)!));
  });
  return { columns: names.map(rename), values, rows: columns.rows, categories };
}
