import type { TrainingParameters } from '../parameters/parameters.js';
import { Missing } from '../tree.js';
import { distinctValues } from './distinct-values.js';
import { type BinMapper, commonBinOf } from '../mapper.js';

/** Categories that hold this share of the rows get a bin each; rarer ones only while there are bins left. */
const COMMON_SHARE = Math.fround(0.99);

/**
 * Finds the bins of a column of category numbers: bin 0 for missing, negative and rare values, then one bin a category, the
 * commonest first. LightGBM's rules; null for a column that cannot be split.
 */
export function fitCategoryBins(
  column: Float64Array,
  sample: Int32Array | null,
  parameters: TrainingParameters,
  filter: number,
): BinMapper | null {
  const found = distinctValues(column, sample, parameters.use_missing && !parameters.zero_as_missing);
  const total = sample ? sample.length : column.length;
  const { ranked, missing } = rankCategories(found.values, found.counts, found.missing);
  const known = total - missing;
  if (known <= 0) return null;
  const enough = Math.trunc(Math.fround(Math.fround(known) * COMMON_SHARE) + 0.5);
  const most = Math.min(ranked.length + Number(missing > 0), parameters.max_bin);
  const categories = [-1];
  const counts = [0];
  let used = 0;
  for (const [place, [category, count]] of ranked.entries()) {
    if (used >= enough && categories.length >= most) break;
    if (count < parameters.min_data_in_bin && place > 1) break;
    categories.push(category);
    counts.push(count);
    used += count;
  }
  counts[0] = total - used;
  const whole = categories.length - 1 === ranked.length && missing === 0;
  if (categories.length <= 1 || (filter > 0 && cannotSplit(counts, total, filter))) return null;
  const places = new Map(categories.map((category, bin) => [category, bin]));
  const zeroBin = places.get(0) ?? 0;
  return {
    bins: categories.length,
    missing: whole ? Missing.none : Missing.nan,
    bounds: Float64Array.from(categories),
    least: found.values[0]!,
    most: found.values.at(-1)!,
    zeroBin,
    commonBin: commonBinOf(counts, total, zeroBin),
    categories: places,
  };
}

/** Category numbers with their rows, the commonest first, among equals the smaller number. */
function rankCategories(values: Float64Array, counts: Float64Array, missing: number) {
  const rows = new Map<number, number>();
  let negative = 0;
  values.forEach((value, i) => {
    const category = Math.trunc(value);
    if (category < 0) negative += counts[i]!;
    else rows.set(category, (rows.get(category) ?? 0) + counts[i]!);
  });
  return { ranked: [...rows].sort(([, a], [, b]) => b - a), missing: missing + negative };
}

function cannotSplit(counts: number[], total: number, filter: number): boolean {
  return counts.length <= 2 && !(counts[0]! >= filter && total - counts[0]! >= filter);
}

export function categoryBinOf(places: Map<number, number>, value: number): number {
  const category = Math.trunc(value);
  return category >= 0 ? (places.get(category) ?? 0) : 0;
}
