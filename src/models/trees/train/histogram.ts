import type { BinnedData } from '../bins/binned-data.js';
import type { RowRange } from '../kernel/crew.js';

/** Adds up gradients and hessians of one output per bin, in turn, for the features that are `used`. */
export function fillHistogram(
  histogram: Float64Array,
  data: BinnedData,
  leaf: RowRange,
  output: number,
  used: Uint8Array,
): void {
  const { histogram: sums, addUp } = data.memory;
  sums.fill(0);
  const features: number[] = [];
  used.forEach((flag, feature) => flag && features.push(feature));
  addUp(features, output, leaf);
  histogram.set(sums);
}

/** Sets the common bin of each used feature to what the other bins leave of the leaf's sums, as LightGBM does. */
export function fixCommonBins(
  histogram: Float64Array,
  data: BinnedData,
  used: Uint8Array,
  gradient: number,
  hessian: number,
): void {
  data.mappers.forEach((mapper, feature) => {
    if (!used[feature] || mapper.commonBin === 0) return;
    const offset = data.offsets[feature]!;
    let restGradient = gradient;
    let restHessian = hessian;
    for (let bin = 0; bin < mapper.bins; bin++) {
      if (bin === mapper.commonBin) continue;
      restGradient -= histogram[2 * (offset + bin)]!;
      restHessian -= histogram[2 * (offset + bin) + 1]!;
    }
    histogram[2 * (offset + mapper.commonBin)] = restGradient;
    histogram[2 * (offset + mapper.commonBin) + 1] = restHessian;
  });
}

/** Turns a parent's histogram into that of the child whose sibling's histogram is `smaller`. */
export function subtractHistogram(parent: Float64Array, smaller: Float64Array): void {
  for (let i = 0; i < parent.length; i++) parent[i]! -= smaller[i]!;
}
