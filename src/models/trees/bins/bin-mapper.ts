import type { TrainingMemory } from '../kernel/training-memory.js';
import type { TrainingParameters } from '../parameters/parameters.js';
import { Missing } from '../tree.js';
import { categoryBinOf } from './category-bins.js';
import { distinctValues, type SampledValues } from './distinct-values.js';
import { type BinMapper, commonBinOf } from '../mapper.js';
import { boundsWithZeroBin } from './zero-bin.js';

/**
 * Finds the bins of a numerical column by LightGBM's rules; null for a column that cannot be split, such as a constant or an
 * empty one.
 * @param sample rows to look at, null for all
 * @param filter rows that each side of a split must keep for the column to be of use; 0 does not look
 */
export function fitBins(
  column: Float64Array,
  sample: Int32Array | null,
  parameters: TrainingParameters,
  filter: number,
): BinMapper | null {
  const found = distinctValues(column, sample, parameters.use_missing && !parameters.zero_as_missing);
  const total = sample ? sample.length : column.length;
  const { missing, bounds } = findBounds(found, total, parameters);
  const counts = countBins(found, bounds, missing);
  if (bounds.length <= 1 || (filter > 0 && cannotSplit(counts, total, filter))) return null;
  const mapper: BinMapper = {
    bins: bounds.length,
    missing,
    bounds: Float64Array.from(bounds),
    least: found.values[0]!,
    most: found.values.at(-1)!,
    zeroBin: 0,
    commonBin: 0,
    categories: null,
  };
  mapper.zeroBin = bounds.findIndex((bound) => !(bound < 0));
  mapper.commonBin = commonBinOf(counts, total, mapper.zeroBin);
  return mapper;
}

function findBounds(found: SampledValues, total: number, parameters: TrainingParameters) {
  const { use_missing, zero_as_missing, max_bin, min_data_in_bin } = parameters;
  if (found.missing > 0) {
    const bounds = boundsWithZeroBin(found, max_bin - 1, total - found.missing, min_data_in_bin);
    return { missing: Missing.nan, bounds: [...bounds, NaN] };
  }
  const bounds = boundsWithZeroBin(found, max_bin, total, min_data_in_bin);
  const zero = use_missing && zero_as_missing && bounds.length !== 2;
  return { missing: zero ? Missing.zero : Missing.none, bounds };
}

function countBins(found: SampledValues, bounds: number[], missing: Missing): number[] {
  const counts = bounds.map(() => 0);
  let bin = 0;
  for (let i = 0; i < found.values.length; i++) {
    while (bin < bounds.length - 1 && found.values[i]! > bounds[bin]!) bin++;
    counts[bin]! += found.counts[i]!;
  }
  if (missing === Missing.nan) counts[counts.length - 1] = found.missing;
  return counts;
}

function cannotSplit(counts: number[], total: number, filter: number): boolean {
  let left = 0;
  for (const count of counts.slice(0, -1)) {
    left += count;
    if (left >= filter && total - left >= filter) return false;
  }
  return true;
}

/** Writes the bin of each value of a feature; where training saw nothing missing, a missing value counts as 0. */
export function fillWithBins(memory: TrainingMemory, feature: number, column: Float64Array, mapper: BinMapper): void {
  const { bounds, categories } = mapper;
  const bins = memory.bins[feature]!;
  if (categories) {
    for (let row = 0; row < column.length; row++) bins[row] = categoryBinOf(categories, column[row]!);
    return;
  }
  for (let row = 0; row < column.length; row++) memory.values[row] = Number.isNaN(column[row]!) ? 0 : column[row]!;
  const apart = mapper.missing === Missing.nan;
  memory.findBins(feature, bounds.subarray(0, mapper.bins - (apart ? 2 : 1)));
  if (!apart) return;
  for (let row = 0; row < column.length; row++) if (Number.isNaN(column[row]!)) bins[row] = mapper.bins - 1;
}
