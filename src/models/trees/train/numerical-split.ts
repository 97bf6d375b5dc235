import type { BinMapper } from '../mapper.js';
import type { TrainingParameters } from '../parameters/parameters.js';
import { Missing } from '../tree.js';
import { ANY_OUTPUT, type OutputRange } from '../constraint.js';
import { constrainedGain, EPSILON, leafGain, outputWithin, type Regularisation } from '../leaf-output.js';
import { noSplit, type Split } from './split.js';

/** The sums of a leaf whose split is sought. `hessian` already carries LightGBM's two epsilons. */
export interface LeafSums {
  count: number;
  gradient: number;
  hessian: number;
  /** Where constraints hold: the range of the leaf's value, and the direction of the feature at hand. */
  constraint: { range: OutputRange; direction: number } | null;
}

interface Best {
  gain: number;
  threshold: number;
  count: number;
  gradient: number;
  hessian: number;
}

/**
 * The best threshold of a numerical feature, by LightGBM's two scans over the histogram: from the right with missing
 * values on the left, then from the left with missing values on the right.
 * @param histogram gradient and hessian sums in turn, from `offset` (in bins) on
 * @returns the split, gain -Infinity if there is none, and whether a child could still be split on this feature
 */
export function numericalSplit(
  histogram: Float64Array,
  offset: number,
  mapper: BinMapper,
  leaf: LeafSums,
  parameters: TrainingParameters,
): { split: Split; splittable: boolean } {
  const least = leafGain(leaf.gradient, leaf.hessian, parameters) + parameters.min_gain_to_split;
  const both = mapper.bins > 2 && mapper.missing !== Missing.none;
  const right = nothingYet();
  scanFromRight(histogram, offset, mapper, leaf, parameters, least, both, right);
  const left = nothingYet();
  if (both) scanFromLeft(histogram, offset, mapper, leaf, parameters, least, left);
  // Taking off and putting back decides ties as LightGBM's rounding does.
  const leftWins = left.gain > right.gain - least + least;
  const best = leftWins ? left : right;
  const defaultLeft = !leftWins && (both || mapper.missing !== Missing.nan);
  return {
    split: best.gain > -Infinity ? complete(best, leaf, least, defaultLeft, parameters) : noSplit(),
    splittable: right.gain > -Infinity || left.gain > -Infinity,
  };
}

function nothingYet(): Best {
  return { gain: -Infinity, threshold: 0, count: 0, gradient: NaN, hessian: NaN };
}

function scanFromRight(
  histogram: Float64Array,
  offset: number,
  mapper: BinMapper,
  leaf: LeafSums,
  parameters: TrainingParameters,
  least: number,
  both: boolean,
  best: Best,
): void {
  const { min_data_in_leaf, min_sum_hessian_in_leaf } = parameters;
  const skip = both && mapper.missing === Missing.zero ? mapper.zeroBin : -1;
  const countFactor = leaf.count / leaf.hessian;
  let gradient = 0;
  let hessian = EPSILON;
  let count = 0;
  const from = mapper.bins - 1 - (both && mapper.missing === Missing.nan ? 1 : 0);
  for (let bin = from; bin >= 1; bin--) {
    if (bin === skip) continue;
    const place = 2 * (offset + bin);
    gradient += histogram[place]!;
    hessian += histogram[place + 1]!;
    count += Math.trunc(histogram[place + 1]! * countFactor + 0.5);
    if (count < min_data_in_leaf || hessian < min_sum_hessian_in_leaf) continue;
    const leftCount = leaf.count - count;
    const leftHessian = leaf.hessian - hessian;
    if (leftCount < min_data_in_leaf || leftHessian < min_sum_hessian_in_leaf) break;
    const leftGradient = leaf.gradient - gradient;
    const gain = gainOf(leaf, leftGradient, leftHessian, gradient, hessian, parameters);
    if (gain > least && gain > best.gain) {
      best.gain = gain;
      best.threshold = bin - 1;
      best.count = leftCount;
      best.gradient = leftGradient;
      best.hessian = leftHessian;
    }
  }
}

function scanFromLeft(
  histogram: Float64Array,
  offset: number,
  mapper: BinMapper,
  leaf: LeafSums,
  parameters: TrainingParameters,
  least: number,
  best: Best,
): void {
  const { min_data_in_leaf, min_sum_hessian_in_leaf } = parameters;
  const skip = mapper.missing === Missing.zero ? mapper.zeroBin : -1;
  const countFactor = leaf.count / leaf.hessian;
  let gradient = 0;
  let hessian = EPSILON;
  let count = 0;
  const firstByRest = mapper.missing === Missing.nan && mapper.commonBin === 0;
  if (firstByRest) {
    // The first bin's sums are what all others leave, as LightGBM finds them.
    gradient = leaf.gradient;
    hessian = leaf.hessian - EPSILON;
    count = leaf.count;
    for (let other = 1; other < mapper.bins; other++) {
      const place = 2 * (offset + other);
      gradient -= histogram[place]!;
      hessian -= histogram[place + 1]!;
      count -= Math.trunc(histogram[place + 1]! * countFactor + 0.5);
    }
  }
  for (let bin = 0; bin <= mapper.bins - 2; bin++) {
    if (bin === skip) continue;
    if (bin > 0 || !firstByRest) {
      const place = 2 * (offset + bin);
      gradient += histogram[place]!;
      hessian += histogram[place + 1]!;
      count += Math.trunc(histogram[place + 1]! * countFactor + 0.5);
    }
    if (count < min_data_in_leaf || hessian < min_sum_hessian_in_leaf) continue;
    const rightCount = leaf.count - count;
    const rightHessian = leaf.hessian - hessian;
    if (rightCount < min_data_in_leaf || rightHessian < min_sum_hessian_in_leaf) break;
    const rightGradient = leaf.gradient - gradient;
    const gain = gainOf(leaf, gradient, hessian, rightGradient, rightHessian, parameters);
    if (gain > least && gain > best.gain) {
      best.gain = gain;
      best.threshold = bin;
      best.count = count;
      best.gradient = gradient;
      best.hessian = hessian;
    }
  }
}

/** What a split gains, before what the whole leaf gains is taken off. */
export function gainOf(
  { constraint }: LeafSums,
  leftGradient: number,
  leftHessian: number,
  rightGradient: number,
  rightHessian: number,
  parameters: Regularisation,
): number {
  if (constraint === null)
    return leafGain(leftGradient, leftHessian, parameters) + leafGain(rightGradient, rightHessian, parameters);
  const { range, direction } = constraint;
  return constrainedGain(range, direction, leftGradient, leftHessian, rightGradient, rightHessian, parameters);
}

/** A split with everything that follows from the sums on its left. */
export function complete(
  best: Pick<Best, 'gain' | 'threshold' | 'count' | 'gradient' | 'hessian'>,
  leaf: LeafSums,
  least: number,
  defaultLeft: boolean,
  parameters: Regularisation,
): Split {
  const rightGradient = leaf.gradient - best.gradient;
  const rightHessian = leaf.hessian - best.hessian;
  const range = leaf.constraint?.range ?? ANY_OUTPUT;
  return {
    gain: best.gain - least,
    feature: -1,
    threshold: best.threshold,
    leftBins: null,
    defaultLeft,
    leftCount: best.count,
    leftGradient: best.gradient,
    leftHessian: best.hessian - EPSILON,
    leftOutput: outputWithin(range, best.gradient, best.hessian, parameters),
    rightCount: leaf.count - best.count,
    rightGradient,
    rightHessian: rightHessian - EPSILON,
    rightOutput: outputWithin(range, rightGradient, rightHessian, parameters),
  };
}
