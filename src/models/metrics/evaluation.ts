export interface Confusion {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}

/** The rates that follow from a confusion at once. */
export interface Rates {
  precision: number | null;
  recall: number | null;
  f1: number | null;
  fpr: number | null;
  accuracy: number | null;
}

/** What else follows from it. */
export interface Agreement {
  specificity: number | null;
  fnr: number | null;
  balanced_accuracy: number | null;
  f0_5: number | null;
  f2: number | null;
  mcc: number | null;
  kappa: number | null;
}

/** The figures of a binary classifier on one split. A figure that cannot be computed is null, its reason in `reasons`. */
export interface BinaryEvaluation extends Rates, Agreement {
  n: number;
  positives: number;
  threshold: number;
  confusion: Confusion;
  roc_auc: number | null;
  average_precision: number | null;
  /** Kolmogorov and Smirnov: the largest distance between the true and the false positive rate. */
  ks: number | null;
  log_loss: number | null;
  brier: number | null;
  /** Expected and maximum calibration error over 10 bins of equal width. */
  ece: number | null;
  mce: number | null;
  reasons: Record<string, string>;
}

/** The figures of a regression on one split; `residual_mean` is the mean of prediction - label. */
export interface RegressionEvaluation {
  n: number;
  mean: number | null;
  rmse: number | null;
  mae: number | null;
  mape: number | null;
  r2: number | null;
  explained_variance: number | null;
  median_ae: number | null;
  max_error: number | null;
  residual_mean: number | null;
  reasons: Record<string, string>;
}
