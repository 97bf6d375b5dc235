import { sortNumbers } from '../../../common/sort-numbers.js';
import type { Counted } from './greedy-bins.js';
import { ZERO_THRESHOLD } from '../find-leaves.js';
import { nearlySame } from './next-up.js';

export interface SampledValues extends Counted {
  missing: number;
}

/**
 * Distinct values of the sampled rows with their counts; near-zero values are one value, 0.
 * @param apart whether missing values stand apart; if not they count as 0
 */
export function distinctValues(column: Float64Array, sample: Int32Array | null, apart: boolean): SampledValues {
  const rows = sample ? sample.length : column.length;
  const nonZero = new Float64Array(rows);
  let size = 0;
  let missing = 0;
  for (let i = 0; i < rows; i++) {
    const value = column[sample ? sample[i]! : i]!;
    if (Number.isNaN(value)) missing += Number(apart);
    else if (value > ZERO_THRESHOLD || value < -ZERO_THRESHOLD) nonZero[size++] = value;
  }
  return { ...count(sortNumbers(nonZero.subarray(0, size)), rows - size - missing), missing };
}

function count(sorted: Float64Array, zeros: number): Counted {
  const values = new Float64Array(sorted.length + 1);
  const counts = new Float64Array(sorted.length + 1);
  let size = 0;
  const add = (value: number, rows: number) => {
    values[size] = value;
    counts[size++] = rows;
  };
  if (sorted.length === 0 || (sorted[0]! > 0 && zeros > 0)) add(0, zeros);
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i]!;
    if (i > 0 && nearlySame(sorted[i - 1]!, value)) {
      values[size - 1] = value;
      counts[size - 1]!++;
      continue;
    }
    // Between the negative and the positive values zero has its place, even without rows, as in LightGBM.
    if (i > 0 && sorted[i - 1]! < 0 && value > 0) add(0, zeros);
    add(value, 1);
  }
  if (sorted.length > 0 && sorted.at(-1)! < 0 && zeros > 0) add(0, zeros);
  return { values: values.slice(0, size), counts: counts.slice(0, size) };
}
