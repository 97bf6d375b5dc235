import type { BinMapper } from '../mapper.js';
import { Missing } from '../tree.js';
import type { Split } from './split.js';

/** For each bin of the split's feature 1 if it goes left. */
export function sidesOf(
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
