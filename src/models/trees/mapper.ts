import type { Missing } from './tree.js';

/** How the values of a column become bins. Bin b holds values up to `bounds[b]`; with missing NaN the last bin is theirs. */
export interface BinMapper {
  bins: number;
  missing: Missing;
  bounds: Float64Array;
  least: number;
  most: number;
  /** The bin of 0. */
  zeroBin: number;
  /** The bin whose sums are found by subtraction, as LightGBM does it. */
  commonBin: number;
  /** A column of category numbers: each category's bin; `bounds` then holds each bin's category. Else null. */
  categories: Map<number, number> | null;
}

/** The share of rows in one bin from which LightGBM takes that bin, rather than zero's, as the common one. */
const SPARSE = 0.7;

export function commonBinOf(counts: number[], total: number, zeroBin: number): number {
  const fullest = counts.indexOf(Math.max(...counts));
  return fullest !== zeroBin && counts[fullest]! / total < SPARSE ? zeroBin : fullest;
}
