import { nearlySame, nextUp } from './next-up.js';

/** Distinct values, rising, and how many rows have each. */
export interface Counted {
  values: Float64Array;
  counts: Float64Array;
}

/**
 * Upper bounds of at most `maxBin` bins over part of the distinct values, the last one Infinity. Few values get a bin each
 * (of at least `minInBin` rows); many are gathered to bins of about equal size, and a value with many rows stays alone.
 * LightGBM's GreedyFindBin.
 */
export function greedyBounds(part: Counted, maxBin: number, total: number, minInBin: number): number[] {
  return part.values.length <= maxBin ? boundsOfFew(part, minInBin) : boundsOfMany(part, maxBin, total, minInBin);
}

function boundsOfFew({ values, counts }: Counted, minInBin: number): number[] {
  const bounds: number[] = [];
  let inBin = 0;
  for (let i = 0; i < values.length - 1; i++) {
    inBin += counts[i]!;
    if (inBin >= minInBin && addBound(bounds, values[i]!, values[i + 1]!)) inBin = 0;
  }
  bounds.push(Infinity);
  return bounds;
}

/** Adds the bound between two values, unless it equals the one before. */
function addBound(bounds: number[], below: number, above: number): boolean {
  const bound = nextUp((below + above) / 2);
  if (bounds.length > 0 && nearlySame(bounds.at(-1)!, bound)) return false;
  bounds.push(bound);
  return true;
}

function boundsOfMany({ values, counts }: Counted, most: number, total: number, minInBin: number): number[] {
  const maxBin = Math.max(1, Math.min(most, Math.floor(total / minInBin)));
  const average = total / maxBin;
  let restBins = maxBin;
  let restRows = total;
  for (const count of counts) {
    if (count < average) continue;
    restBins--;
    restRows -= count;
  }
  let meanSize = restRows / restBins;
  const bounds: number[] = [];
  let inBin = 0;
  let bins = 0;
  for (let i = 0; i < values.length - 1; i++) {
    const big = counts[i]! >= average;
    if (!big) restRows -= counts[i]!;
    inBin += counts[i]!;
    const nextIsBig = counts[i + 1]! >= average;
    if (!big && inBin < meanSize && !(nextIsBig && inBin >= Math.max(1, meanSize * 0.5))) continue;
    addBound(bounds, values[i]!, values[i + 1]!);
    if (++bins >= maxBin - 1) break;
    inBin = 0;
    if (big) continue;
    restBins--;
    meanSize = restRows / restBins;
  }
  bounds.push(Infinity);
  return bounds;
}
