import type { Matrix } from '../../../src/models/table/matrix.js';

type Columns = Record<string, (number | string | null)[]>;

/** Texts as numbers from 1 in alphabetical order of the reference, 0 where it never had one; a missing text is one too. */
export function encoded(columns: Columns, categories: readonly string[], reference: Columns): Matrix {
  const names = Object.keys(columns);
  const textOf = (value: number | string | null) => String(value ?? 'NML_missing_value');
  const values = names.map((name) => {
    if (!categories.includes(name))
      return Float64Array.from(columns[name]!, (value) => (value === null ? NaN : Number(value)));
    const known = [...new Set(reference[name]!.map(textOf))].sort();
    return Float64Array.from(columns[name]!, (value) => known.indexOf(textOf(value)) + 1);
  });
  const lists = categories.map((name) => [name, Array.from({ length: 50 }, (_, code) => String(code))]);
  return {
    columns: names,
    values,
    rows: values[0]!.length,
    categories: Object.fromEntries(lists) as Matrix['categories'],
  };
}
