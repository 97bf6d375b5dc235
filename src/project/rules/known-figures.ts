/**
 * What a figure is called, which way is better, what it is measured in and what it divides by: the one table of
 * figures. Rules, gates, training's choice of a candidate and reports all read it.
 */
export interface KnownFigure {
  /** In a sentence: "false positive rate". */
  label: string;
  /** In a table, where that is shorter or another word is at home: "RMSE". */
  short?: string;
  better: 'higher' | 'lower';
  /** `''`: a plain number; `target`: the target's own unit. */
  unit: '' | '%' | 'percentage points' | 'standard deviations' | 'target';
  /** Lies between 0 and 1, so that it can be drawn on that scale. */
  bounded?: true;
  /** Fixed decimals where it is shown; absent: by size. */
  decimals?: number;
  /** What its sample size counts: the rows that a rate is a share of. */
  denominator: 'rows' | 'positives' | 'negatives' | 'predicted positives' | 'predicted negatives';
  /** Of a rate: the rows that speak against it, which can be opened behind it. */
  against?: 'false negatives' | 'false positives' | 'wrong predictions';
  /** `column`: one value a column, and a rule names the columns: `null_pct(*)`. `shown`: reports know it, rules do not. */
  of: 'model' | 'column' | 'shown';
  tasks: readonly Task[];
  /** Of several classes it is one of each against the rest, and a rule names the class: `recall{comp1}`. */
  perClass?: true;
}
export type Task = 'binary' | 'multiclass' | 'regression';
type Rest = Omit<KnownFigure, 'label' | 'better' | 'of' | 'tasks' | 'unit' | 'denominator'> & Partial<KnownFigure>;

const figure =
  (common: Pick<KnownFigure, 'of' | 'tasks' | 'unit'>) =>
  (better: KnownFigure['better'], label: string, rest: Rest = {}): KnownFigure => ({
    label,
    better,
    denominator: 'rows',
    ...common,
    ...rest,
  });

const bounded = { bounded: true } as const;
const binary = figure({ of: 'model', unit: '', tasks: ['binary'] });
const ofClass = { perClass: true } as const;
const classes = figure({ of: 'model', unit: '', tasks: ['binary', 'multiclass'] });
const multiclass = figure({ of: 'model', unit: '', tasks: ['multiclass'] });
const regression = figure({ of: 'model', unit: 'target', tasks: ['regression'] });
const column = figure({ of: 'column', unit: '', tasks: ['binary', 'multiclass', 'regression'] });
const shown = figure({ of: 'shown', unit: '', tasks: [] });

/**
 * Every figure that a rule can name, and those that only reports show. A new figure is one
 * line here, and one where it is computed: `models/metrics/binary-figures.ts`, or its neighbours for other tasks.
 */
export const knownFigures: Readonly<Record<string, KnownFigure>> = {
  recall: binary('higher', 'recall', {
    ...{ ...bounded, ...ofClass },
    denominator: 'positives',
    against: 'false negatives',
  }),
  precision: binary('higher', 'precision', {
    ...{ ...bounded, ...ofClass },
    denominator: 'predicted positives',
    against: 'false positives',
  }),
  fpr: binary('lower', 'false positive rate', {
    ...bounded,
    short: 'false positives (rate)',
    denominator: 'negatives',
    against: 'false positives',
  }),
  fnr: binary('lower', 'miss rate', {
    ...bounded,
    short: 'missed positives (rate)',
    denominator: 'positives',
    against: 'false negatives',
  }),
  specificity: binary('higher', 'specificity', { ...bounded, denominator: 'negatives', against: 'false positives' }),
  npv: binary('higher', 'negative predictive value', {
    ...bounded,
    denominator: 'predicted negatives',
    against: 'false negatives',
  }),
  f1: binary('higher', 'F1', { ...bounded, ...ofClass }),
  f0_5: binary('higher', 'F0.5', bounded),
  f2: binary('higher', 'F2', bounded),
  accuracy: classes('higher', 'accuracy', { ...bounded, against: 'wrong predictions' }),
  balanced_accuracy: classes('higher', 'balanced accuracy', bounded),
  mcc: classes('higher', 'Matthews correlation'),
  kappa: classes('higher', "Cohen's kappa"),
  roc_auc: binary('higher', 'ROC AUC', { ...bounded, ...ofClass }),
  average_precision: binary('higher', 'average precision', bounded),
  ks: binary('higher', 'KS statistic', bounded),
  log_loss: classes('lower', 'log loss'),
  brier: binary('lower', 'Brier score', bounded),
  ece: binary('lower', 'calibration error', bounded),
  mce: binary('lower', 'largest calibration error', bounded),
  macro_precision: multiclass('higher', 'macro precision', bounded),
  macro_recall: multiclass('higher', 'macro recall', bounded),
  macro_f1: multiclass('higher', 'macro F1', bounded),
  weighted_precision: multiclass('higher', 'weighted precision', bounded),
  weighted_recall: multiclass('higher', 'weighted recall', bounded),
  weighted_f1: multiclass('higher', 'weighted F1', bounded),
  micro_precision: multiclass('higher', 'micro precision', bounded),
  micro_recall: multiclass('higher', 'micro recall', bounded),
  micro_f1: multiclass('higher', 'micro F1', bounded),
  roc_auc_ovr: multiclass('higher', 'ROC AUC, one against the rest', bounded),
  roc_auc_ovr_weighted: multiclass('higher', 'ROC AUC, one against the rest, by share', bounded),
  rmse: regression('lower', 'root mean squared error', { short: 'RMSE' }),
  mae: regression('lower', 'mean absolute error', { short: 'MAE' }),
  median_ae: regression('lower', 'median absolute error', { short: 'median error' }),
  max_error: regression('lower', 'largest error'),
  mape: regression('lower', 'mean absolute percentage error', { short: 'MAPE', unit: '' }),
  r2: regression('higher', 'R²', { unit: '' }),
  explained_variance: regression('higher', 'explained variance', { unit: '' }),
  null_pct: column('lower', 'share of nulls', { short: 'null values', unit: '%', decimals: 2 }),
  z_mean: column('lower', 'distance of the mean', { short: 'drift', unit: 'standard deviations', decimals: 2 }),
  null_rise: column('lower', 'rise of the share of nulls', {
    short: 'null values, rise',
    unit: 'percentage points',
    decimals: 2,
  }),
  psi: column('lower', 'population stability index', { short: 'PSI', decimals: 2 }),
  false_positives: shown('lower', 'false positives', { decimals: 0, against: 'false positives' }),
  false_negatives: shown('lower', 'missed positives', { decimals: 0, against: 'false negatives' }),
  residual_mean: shown('lower', 'mean error'),
  mean: shown('lower', 'mean prediction'),
};

export function knownFigure(name: string): KnownFigure | undefined {
  return Object.hasOwn(knownFigures, name) ? knownFigures[name] : undefined;
}

/** Names of the figures of a task that a rule can name. */
export function figuresOf(task: Task, of?: KnownFigure['of']): string[] {
  return Object.entries(knownFigures)
    .filter(([, figure]) => figure.tasks.includes(task) && (of === undefined || figure.of === of))
    .map(([name]) => name);
}

/** Names of the figures that a task of several classes has one of each class of; none for other tasks. */
export function classFiguresOf(task: Task): string[] {
  if (task !== 'multiclass') return [];
  return Object.entries(knownFigures).flatMap(([name, { perClass }]) => (perClass ? [name] : []));
}

/** A figure's name in words; its own name when nobody described it. */
export function labelOf(figure: string): string {
  return knownFigure(figure)?.label ?? figure;
}

/** Whether less of a figure is better; a figure that nobody described is better when higher. */
export function lowerIsBetter(figure: string): boolean {
  return knownFigure(figure)?.better === 'lower';
}
