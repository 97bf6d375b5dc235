/** A way to split a leaf in two; `gain` -Infinity is no way at all. */
export interface Split {
  gain: number;
  /** Place among the used features, -1 without a split. */
  feature: number;
  /** Bins up to this go left; of a categorical split nothing. */
  threshold: number;
  /** A categorical split: the bins that go left. Else null. */
  leftBins: number[] | null;
  defaultLeft: boolean;
  leftCount: number;
  leftGradient: number;
  leftHessian: number;
  leftOutput: number;
  rightCount: number;
  rightGradient: number;
  rightHessian: number;
  rightOutput: number;
}

export function noSplit(): Split {
  return {
    gain: -Infinity,
    feature: -1,
    threshold: 0,
    leftBins: null,
    defaultLeft: true,
    leftCount: 0,
    leftGradient: 0,
    leftHessian: 0,
    leftOutput: 0,
    rightCount: 0,
    rightGradient: 0,
    rightHessian: 0,
    rightOutput: 0,
  };
}

/** The larger gain wins, among equals the earlier feature. */
export function isBetter(a: Split, b: Split): boolean {
  if (a.gain !== b.gain) return a.gain > b.gain;
  return a.feature !== -1 && (b.feature === -1 || a.feature < b.feature);
}
