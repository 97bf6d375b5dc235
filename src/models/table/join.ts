import { setOwn } from '../../common/own.js';
import type { Matrix } from './matrix.js';
import { wordsOf } from './columns.js';

/** Tables of the same columns, one below the other. A category has one code in all of them, whatever it had in each. */
export function joinMatrices(tables: readonly Matrix[]): Matrix {
  const [first] = tables;
  const categories: Record<string, string[]> = {};
  const values = first!.columns.map((name, place) => {
    if (wordsOf(first!, name) === undefined) return joinColumns(tables.map((table) => table.values[place]!));
    const codes = new Map<string, number>();
    const joined = tables.map((table) => {
      const own = (wordsOf(table, name) ?? []).map((word) => {
        if (!codes.has(word)) codes.set(word, codes.size);
        return codes.get(word)!;
      });
      return table.values[place]!.map((code) => (code >= 0 ? own[code]! : NaN));
    });
    setOwn(categories, name, [...codes.keys()]);
    return joinColumns(joined);
  });
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return { ...first!, rows, values, ...(first!.categories && { categories }) };
}

export function joinColumns(columns: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(columns.reduce((sum, column) => sum + column.length, 0));
  let at = 0;
  for (const column of columns) {
    joined.set(column, at);
    at += column.length;
  }
  return joined;
}
