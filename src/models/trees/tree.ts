/**
 * One decision tree in LightGBM's layout: `leaves - 1` inner nodes and `leaves` leaves. A child >= 0 is an inner node,
 * a child < 0 is the leaf `~child`. A tree of one leaf has no inner node.
 */
export interface Tree {
  leaves: number;
  splitFeature: Int32Array;
  splitGain: Float64Array;
  /** Numerical split: left if value <= threshold. Categorical split: index into `categoryBoundaries`. */
  threshold: Float64Array;
  /**
   * Bit 0: categorical; bit 1: missing goes left; bits 2-3: what is missing (0 nothing, 1 zero, 2 NaN); bit 4: at a
   * categorical split a missing value goes left, which LightGBM's own trees never have.
   */
  decisionType: Uint8Array;
  leftChild: Int32Array;
  rightChild: Int32Array;
  leafValue: Float64Array;
  leafWeight: Float64Array;
  leafCount: Float64Array;
  internalValue: Float64Array;
  internalWeight: Float64Array;
  internalCount: Float64Array;
  /** Categorical split k goes left for categories whose bit is set in words boundaries[k] .. boundaries[k + 1]. */
  categoryBoundaries: Int32Array;
  categoryWords: Uint32Array;
  linear: LinearLeaves | null;
  shrinkage: number;
}

/** Leaves that hold a small linear model each; where a feature is missing, the plain leaf value counts. */
export interface LinearLeaves {
  constant: Float64Array;
  features: Int32Array[];
  coefficients: Float64Array[];
}

export const CATEGORICAL = 1;
export const DEFAULT_LEFT = 2;
export const MISSING_SHIFT = 2;
export const NO_VALUE_LEFT = 16;
export const Missing = { none: 0, zero: 1, nan: 2 } as const;
export type Missing = (typeof Missing)[keyof typeof Missing];
