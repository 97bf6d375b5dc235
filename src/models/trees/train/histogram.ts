import type { BinnedData } from '../bins/binned-data';

/** Rows of a leaf: `count` row numbers from `begin` on. */
export interface RowRange {
  rows: Int32Array;
  begin: number;
  count: number;
}

/**
 * Adds up gradients and hessians per bin, in turn, for the features that are `used`. The rows' gradients are gathered once,
 * so that each feature walks them in order.
 */
export function fillHistogram(
  histogram: Float64Array,
  data: BinnedData,
  { rows, begin, count }: RowRange,
  gradients: Float32Array,
  hessians: Float32Array,
  used: Uint8Array,
  gathered: { gradients: Float64Array; hessians: Float64Array },
): void {
  for (let i = 0; i < count; i++) {
    const row = rows[begin + i]!;
    gathered.gradients[i] = gradients[row]!;
    gathered.hessians[i] = hessians[row]!;
  }
  for (let feature = 0; feature < data.bins.length; feature++) {
    if (!used[feature]) continue;
    const from = 2 * data.offsets[feature]!;
    histogram.fill(0, from, 2 * data.offsets[feature + 1]!);
    const bins = data.bins[feature]!;
    const part = histogram.subarray(from, 2 * data.offsets[feature + 1]!);
    if (bins instanceof Uint8Array) addUp8(part, bins, rows, begin, count, gathered.gradients, gathered.hessians);
    else addUp16(part, bins, rows, begin, count, gathered.gradients, gathered.hessians);
  }
}

// Two copies of one loop, so that each sees one type of array and stays fast.
function addUp8(
  part: Float64Array,
  bins: Uint8Array,
  rows: Int32Array,
  begin: number,
  count: number,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  for (let i = 0; i < count; i++) {
    const place = bins[rows[begin + i]!]! << 1;
    part[place]! += gradients[i]!;
    part[place + 1]! += hessians[i]!;
  }
}

function addUp16(
  part: Float64Array,
  bins: Uint16Array,
  rows: Int32Array,
  begin: number,
  count: number,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  for (let i = 0; i < count; i++) {
    const place = bins[rows[begin + i]!]! << 1;
    part[place]! += gradients[i]!;
    part[place + 1]! += hessians[i]!;
  }
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
