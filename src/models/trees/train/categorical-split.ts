import type { BinMapper } from '../mapper.js';
import type { TrainingParameters } from '../parameters/parameters.js';
import { EPSILON, leafGain } from '../leaf-output.js';
import { complete, gainOf, type LeafSums } from './numerical-split.js';
import { noSplit, type Split } from './split.js';

interface Best {
  gain: number;
  count: number;
  gradient: number;
  hessian: number;
  bins: number[];
}

/**
 * The best way to send some categories left and all others right: with few categories one against the rest; with more, the
 * first ones in the order of gradient / (hessian + cat_smooth), from either end (LightGBM's algorithm).
 * @param histogram gradient and hessian sums in turn, from `offset` (in bins) on
 */
export function categoricalSplit(
  histogram: Float64Array,
  offset: number,
  mapper: BinMapper,
  leaf: LeafSums,
  parameters: TrainingParameters,
): { split: Split; splittable: boolean } {
  const single = mapper.bins <= parameters.max_cat_to_onehot;
  const least = leafGain(leaf.gradient, leaf.hessian, parameters) + parameters.min_gain_to_split;
  const penalised = single ? parameters : { ...parameters, lambda_l2: parameters.lambda_l2 + parameters.cat_l2 };
  // Categories have no direction.
  const sums = leaf.constraint ? { ...leaf, constraint: { ...leaf.constraint, direction: 0 } } : leaf;
  const bins = readBins(histogram, offset, mapper, leaf);
  const best = single ? oneAgainstRest(bins, sums, least, penalised) : firstInOrder(bins, sums, least, penalised);
  if (!best) return { split: noSplit(), splittable: false };
  const split = complete({ ...best, threshold: 0 }, sums, least, false, penalised);
  return { split: { ...split, leftBins: best.bins }, splittable: true };
}

interface CategoryBin {
  bin: number;
  gradient: number;
  hessian: number;
  count: number;
}

/** All bins but that of missing and rare categories, which always goes right. */
function readBins(histogram: Float64Array, offset: number, mapper: BinMapper, leaf: LeafSums): CategoryBin[] {
  const countFactor = leaf.count / leaf.hessian;
  return Array.from({ length: mapper.bins - 1 }, (_, i) => {
    const place = 2 * (offset + i + 1);
    const hessian = histogram[place + 1]!;
    const count = Math.trunc(hessian * countFactor + 0.5);
    return { bin: i + 1, gradient: histogram[place]!, hessian, count };
  });
}

function oneAgainstRest(
  bins: CategoryBin[],
  leaf: LeafSums,
  least: number,
  parameters: TrainingParameters,
): Best | null {
  const { min_data_in_leaf, min_sum_hessian_in_leaf } = parameters;
  let best: Best | null = null;
  for (const { bin, gradient, hessian, count } of bins) {
    if (count < min_data_in_leaf || hessian < min_sum_hessian_in_leaf) continue;
    const restHessian = leaf.hessian - hessian - EPSILON;
    if (leaf.count - count < min_data_in_leaf || restHessian < min_sum_hessian_in_leaf) continue;
    const gain = gainOf(leaf, leaf.gradient - gradient, restHessian, gradient, hessian + EPSILON, parameters);
    if (gain > least && gain > (best?.gain ?? -Infinity))
      best = { gain, count, gradient, hessian: hessian + EPSILON, bins: [bin] };
  }
  return best;
}

function firstInOrder(bins: CategoryBin[], leaf: LeafSums, least: number, parameters: TrainingParameters): Best | null {
  const rate = ({ gradient, hessian }: CategoryBin) => gradient / (hessian + parameters.cat_smooth);
  const rising = bins.filter(({ count }) => count >= parameters.cat_smooth).sort((a, b) => rate(a) - rate(b));
  const most = Math.min(parameters.max_cat_threshold, (rising.length + 1) >> 1);
  const up = scan(rising, most, leaf, least, parameters);
  const down = scan([...rising].reverse(), most, leaf, least, parameters);
  return down && down.gain > (up?.gain ?? -Infinity) ? down : up;
}

/** Sends ever more categories left; a step counts once it adds `min_data_per_group` rows. */
function scan(
  ordered: CategoryBin[],
  most: number,
  leaf: LeafSums,
  least: number,
  parameters: TrainingParameters,
): Best | null {
  const { min_data_in_leaf, min_sum_hessian_in_leaf, min_data_per_group } = parameters;
  let gradient = 0;
  let hessian = EPSILON;
  let count = 0;
  let group = 0;
  let best: Best | null = null;
  for (let i = 0; i < most; i++) {
    const bin = ordered[i]!;
    gradient += bin.gradient;
    hessian += bin.hessian;
    count += bin.count;
    group += bin.count;
    if (count < min_data_in_leaf || hessian < min_sum_hessian_in_leaf) continue;
    const rest = leaf.count - count;
    if (rest < min_data_in_leaf || rest < min_data_per_group) break;
    if (leaf.hessian - hessian < min_sum_hessian_in_leaf) break;
    if (group < min_data_per_group) continue;
    group = 0;
    const gain = gainOf(leaf, gradient, hessian, leaf.gradient - gradient, leaf.hessian - hessian, parameters);
    if (!(gain > least && gain > (best?.gain ?? -Infinity))) continue;
    best = { gain, count, gradient, hessian, bins: ordered.slice(0, i + 1).map((own) => own.bin) };
  }
  return best;
}
