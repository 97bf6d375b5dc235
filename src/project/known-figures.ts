/** What a figure is called in words, which way is better, what it is measured in and what it divides by. */
export interface KnownFigure {
  /** In words, as a report says it: "false positive rate". */
  label: string;
  better: 'higher' | 'lower';
  /** `''`: a plain number; `target`: the target's own unit. */
  unit: '' | '%' | 'standard deviations' | 'target';
  /** What its sample size counts: the rows that a rate is a share of. */
  denominator: 'rows' | 'positives' | 'negatives' | 'predicted positives';
  /** A column figure has one value a column, and a rule names the columns: `null_pct(*)`. */
  of: 'model' | 'column';
  tasks: readonly Task[];
}
export type Task = 'binary' | 'regression';

const binary = { of: 'model', unit: '', denominator: 'rows', tasks: ['binary'] } as const;
const regression = { of: 'model', unit: 'target', denominator: 'rows', tasks: ['regression'] } as const;
const column = { of: 'column', denominator: 'rows', tasks: ['binary', 'regression'] } as const;

/** Every figure that a rule can name. A new figure is one line here, and a stage that computes it. */
export const knownFigures: Readonly<Record<string, KnownFigure>> = {
  recall: { ...binary, label: 'recall', better: 'higher', denominator: 'positives' },
  precision: { ...binary, label: 'precision', better: 'higher', denominator: 'predicted positives' },
  fpr: { ...binary, label: 'false positive rate', better: 'lower', denominator: 'negatives' },
  f1: { ...binary, label: 'F1', better: 'higher' },
  accuracy: { ...binary, label: 'accuracy', better: 'higher' },
  roc_auc: { ...binary, label: 'ROC AUC', better: 'higher' },
  average_precision: { ...binary, label: 'average precision', better: 'higher' },
  log_loss: { ...binary, label: 'log loss', better: 'lower' },
  brier: { ...binary, label: 'Brier score', better: 'lower' },
  rmse: { ...regression, label: 'root mean squared error', better: 'lower' },
  mae: { ...regression, label: 'mean absolute error', better: 'lower' },
  mape: { ...regression, label: 'mean absolute percentage error', better: 'lower', unit: '' },
  r2: { ...regression, label: 'R²', better: 'higher', unit: '' },
  null_pct: { ...column, label: 'share of nulls', better: 'lower', unit: '%' },
  z_mean: { ...column, label: 'distance of the mean', better: 'lower', unit: 'standard deviations' },
};

export function knownFigure(name: string): KnownFigure | undefined {
  return Object.hasOwn(knownFigures, name) ? knownFigures[name] : undefined;
}

/** Names of the figures that a task has. */
export function figuresOf(task: Task, of?: KnownFigure['of']): string[] {
  return Object.entries(knownFigures)
    .filter(([, figure]) => figure.tasks.includes(task) && (of === undefined || figure.of === of))
    .map(([name]) => name);
}

/** A figure's name in words; its own name when nobody described it. */
export function labelOf(figure: string): string {
  return knownFigure(figure)?.label ?? figure;
}

/** Whether less of a figure is better; a figure that nobody described is better when higher. */
export function lowerIsBetter(figure: string): boolean {
  return knownFigure(figure)?.better === 'lower';
}
