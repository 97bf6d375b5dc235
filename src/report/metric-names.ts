/** How a figure of the rule language is called and written. */
export interface MetricName {
  title: string;
  betterIs: 'higher' | 'lower';
  /** Lies between 0 and 1, so that its bar can be drawn on that scale. */
  unit: boolean;
  /** Fixed decimals; absent: by size. */
  decimals?: number;
  suffix?: string;
}

const rate = (title: string, betterIs: 'higher' | 'lower' = 'higher'): MetricName => ({ title, betterIs, unit: true });
const amount = (title: string, betterIs: 'higher' | 'lower' = 'lower'): MetricName => ({
  title,
  betterIs,
  unit: false,
});
const count = (title: string): MetricName => ({ ...amount(title), decimals: 0 });

const names: Record<string, MetricName> = {
  recall: rate('recall'),
  precision: rate('precision'),
  f1: rate('F1'),
  fpr: rate('false positives (rate)', 'lower'),
  fnr: rate('missed positives (rate)', 'lower'),
  specificity: rate('specificity'),
  accuracy: rate('accuracy'),
  balanced_accuracy: rate('balanced accuracy'),
  roc_auc: rate('ROC AUC'),
  average_precision: rate('average precision'),
  log_loss: amount('log loss'),
  brier: rate('Brier score', 'lower'),
  ece: rate('calibration error', 'lower'),
  mcc: amount('Matthews correlation', 'higher'),
  kappa: amount("Cohen's kappa", 'higher'),
  ks: rate('KS statistic'),
  false_positives: count('false positives'),
  false_negatives: count('missed positives'),
  rmse: amount('RMSE'),
  mae: amount('MAE'),
  mape: amount('MAPE'),
  r2: amount('R²', 'higher'),
  residual_mean: amount('mean error'),
  mean: amount('mean prediction'),
  null_pct: { ...amount('null values'), decimals: 2, suffix: ' %' },
  z_mean: { ...amount('drift'), decimals: 2 },
};

/** `z_mean(age)` -> figure z_mean of column age; `recall[site = a]` -> recall in a slice. */
export interface ParsedMetric {
  figure: string;
  column: string | null;
  slice: string | null;
  name: MetricName;
}

export function parseMetric(metric: string): ParsedMetric {
  const match = /^\s*([^([\]]+?)\s*(?:\(([^)]*)\))?\s*(?:\[([^\]]*)\])?\s*$/.exec(metric);
  const figure = match?.[1] ?? metric;
  return {
    figure,
    column: match?.[2]?.trim() ?? null,
    slice: match?.[3]?.trim() ?? null,
    name: nameOf(figure),
  };
}

/** A figure nobody named here is called as its rule calls it. */
export function nameOf(figure: string): MetricName {
  return (
    names[figure] ?? {
      title: /^[a-z0-9_]+$/.test(figure) ? figure.replaceAll('_', ' ') : figure,
      betterIs: 'higher',
      unit: false,
    }
  );
}

/** "drift of age", "recall where site = a", "recall". */
export function metricTitle({ name, column, slice }: ParsedMetric): string {
  const of = column && column !== '*' ? ` of ${column}` : '';
  return `${name.title}${of}${slice ? ` where ${slice}` : ''}`;
}
