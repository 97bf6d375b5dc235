import type { BinMapper } from '../bins/mapper.js';
import { Missing } from '../tree.js';
import type { RowRange } from './histogram.js';
import type { Split } from './split.js';

/** Moves the rows that go left to the front of their range, both sides keeping their order; returns how many go left. */
export function partitionRows(
  { rows, begin, count }: RowRange,
  bins: Uint8Array | Uint16Array,
  mapper: BinMapper,
  split: Pick<Split, 'threshold' | 'leftBins' | 'defaultLeft'>,
  buffer: Int32Array,
): number {
  const goesLeft = sidesOf(mapper, split);
  let left = begin;
  let right = 0;
  // Written to both sides, but only one side moves on: a branch here would be guessed wrong half of the time.
  for (let i = begin; i < begin + count; i++) {
    const row = rows[i]!;
    const isLeft = goesLeft[bins[row]!]!;
    rows[left] = row;
    buffer[right] = row;
    left += isLeft;
    right += 1 - isLeft;
  }
  rows.set(buffer.subarray(0, right), left);
  return left - begin;
}

/** For each bin 1 if it goes left. */
function sidesOf(
  mapper: BinMapper,
  { threshold, leftBins, defaultLeft }: Pick<Split, 'threshold' | 'leftBins' | 'defaultLeft'>,
): Uint8Array {
  const sides = new Uint8Array(mapper.bins);
  if (leftBins) {
    for (const bin of leftBins) sides[bin] = 1;
    return sides;
  }
  sides.fill(1, 0, threshold + 1);
  if (mapper.missing === Missing.nan) sides[mapper.bins - 1] = Number(defaultLeft);
  if (mapper.missing === Missing.zero) sides[mapper.zeroBin] = Number(defaultLeft);
  return sides;
}
