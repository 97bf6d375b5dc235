/** Sums over rows, from which most figures of a regression follow; y: label, p: prediction. */
export interface RegressionSums {
  /** Rows, or their weight. */
  weight: number;
  /** Σ(p − y)², Σ|p − y|, Σ|p − y| / |y| over the rows whose label is not 0. */
  square: number;
  absolute: number;
  relative: number;
  /** How many labels are 0. */
  zeros: number;
  /** Σ(y − mean)². */
  spread: number;
}

/** What needs the rows themselves. */
export interface RegressionRows extends RegressionSums {
  mean: number;
  meanResidual: number;
  /** Σ(p − y − mean residual)². */
  unexplained: number;
  medianError: number;
  largestError: number;
}

/** One figure: how it is computed, why there may be none, and whether resampled sums give it a 95 % interval. */
export interface RegressionFigure<Of = never> {
  value: (of: Of) => number | null;
  /** Why it is null, where there are rows. */
  none?: (of: RegressionRows) => string;
}
const drawn = (figure: RegressionFigure<RegressionSums>) => ({ ...figure, interval: 'bootstrap' as const });
const plain = (figure: RegressionFigure<RegressionRows>) => ({ ...figure, interval: null });

const allEqual = () => 'all labels are equal';

/**
 * Every figure of a regression, in the order of documents; definitions are scikit-learn's, but `mape` is null where a
 * label is 0. A new figure is one entry here, and its words in `project/known-figures.ts`.
 */
export const regressionFigures = {
  mean: plain({ value: ({ mean }) => mean }),
  rmse: drawn({ value: ({ square, weight }) => Math.sqrt(square / weight) }),
  mae: drawn({ value: ({ absolute, weight }) => absolute / weight }),
  mape: drawn({
    value: ({ relative, weight, zeros }) => (zeros > 0 ? null : relative / weight),
    none: ({ zeros }) => `${zeros} labels are 0`,
  }),
  r2: drawn({ value: ({ square, spread }) => (spread <= 0 ? null : 1 - square / spread), none: allEqual }),
  explained_variance: plain({
    value: ({ unexplained, spread }) => (spread <= 0 ? null : 1 - unexplained / spread),
    none: allEqual,
  }),
  median_ae: plain({ value: ({ medianError }) => medianError }),
  max_error: plain({ value: ({ largestError }) => largestError }),
  residual_mean: plain({ value: ({ meanResidual }) => meanResidual }),
};
export type RegressionFigureName = keyof typeof regressionFigures;
