export interface Confusion {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}

/** The figures of a binary classifier on one split. A figure that cannot be computed is null, its reason in `reasons`. */
export interface BinaryEvaluation {
  n: number;
  positives: number;
  threshold: number;
  confusion: Confusion;
  precision: number | null;
  recall: number | null;
  f1: number | null;
  fpr: number | null;
  accuracy: number | null;
  roc_auc: number | null;
  average_precision: number | null;
  log_loss: number | null;
  brier: number | null;
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
  residual_mean: number | null;
  reasons: Record<string, string>;
}
