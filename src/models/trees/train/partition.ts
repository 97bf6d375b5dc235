import type { BinMapper } from '../bins/bin-mapper';
import { Missing } from '../tree';
import type { RowRange } from './histogram';

/** Moves the rows that go left to the front of their range, both sides keeping their order; returns how many go left. */
export function partitionRows(
  { rows, begin, count }: RowRange,
  bins: Uint8Array | Uint16Array,
  mapper: BinMapper,
  threshold: number,
  defaultLeft: boolean,
  buffer: Int32Array,
): number {
  const missingBin = missingBinOf(mapper);
  let left = begin;
  let right = 0;
  for (let i = begin; i < begin + count; i++) {
    const row = rows[i]!;
    const bin = bins[row]!;
    if (bin === missingBin ? defaultLeft : bin <= threshold) rows[left++] = row;
    else buffer[right++] = row;
  }
  rows.set(buffer.subarray(0, right), left);
  return left - begin;
}

function missingBinOf(mapper: BinMapper): number {
  if (mapper.missing === Missing.nan) return mapper.bins - 1;
  return mapper.missing === Missing.zero ? mapper.zeroBin : -1;
}
