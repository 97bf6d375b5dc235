import type { Matrix } from '../../../models/table/matrix.js';

/** So many rows go in one request. */
export const rowsAtOnce = 1000;

/** The scores of all requests, one array an output. */
export function joined(parts: readonly Float64Array[][], { rows }: Matrix, outputs: number): Float64Array[] {
  return Array.from({ length: outputs }, (_, output) => {
    const all = new Float64Array(rows);
    parts.forEach((part, at) => all.set(part[output]!, at * rowsAtOnce));
    return all;
  });
}
