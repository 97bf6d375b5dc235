import type { Training } from '../../../../src/models/table/matrix.js';
import { lcgNumbers } from './golden.js';

/** Rows with a signal in x and z, missing values in z, a constant and an empty column; the target is 0 or 1. */
export function madeUp(rows: number, seed = 7): Training {
  const u = lcgNumbers(seed);
  const x = new Float64Array(rows);
  const z = new Float64Array(rows);
  const noise = new Float64Array(rows);
  const target = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    x[row] = Math.round((u() * 10 - 5) * 100) / 100;
    z[row] = u() < 0.2 ? NaN : Math.floor(u() * 6);
    noise[row] = u();
    const score = 0.8 * x[row]! + (Number.isNaN(z[row]) ? 1.5 : z[row] === 3 ? 2 : -0.5);
    target[row] = Number(u() < 1 / (1 + Math.exp(-score)));
  }
  const constant = new Float64Array(rows).fill(4);
  const empty = new Float64Array(rows).fill(NaN);
  const columns = ['x', 'z', 'noise', 'constant', 'empty'];
  return { matrix: { columns, values: [x, z, noise, constant, empty], rows }, target };
}

/** Some rows of a training, in the order given. */
export function takeRows({ matrix, target, weight }: Training, rows: number[]): Training {
  const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return {
    matrix: { ...matrix, values: matrix.values.map(take), rows: rows.length },
    target: take(target),
    ...(weight ? { weight: take(weight) } : {}),
  };
}
