import type { BinaryEvaluation, Evaluation } from '../../documents/evaluation.js';
import { cellsOf } from '../monitoring/matrix.js';
import { nameOf } from '../format/figure-names.js';
import { commonDecimals, figureOf, formatCount } from '../format/numbers.js';
import type { CandidateFigure, EvaluatedSplitView } from '../view.js';
import { plural } from '../format/words.js';

type Split = Evaluation['models'][number]['evaluations'][number]['split'];
type Figures = Evaluation['models'][number]['evaluations'][number]['figures'];

const splitOrder: Split[] = ['train', 'validation', 'test', 'holdout', 'production'];
const binaryMetrics = [
  'recall',
  'precision',
  'f1',
  'fpr',
  'accuracy',
  'roc_auc',
  'average_precision',
  'log_loss',
  'brier',
];
const multiclassMetrics = [
  'accuracy',
  'balanced_accuracy',
  'macro_f1',
  'macro_precision',
  'macro_recall',
  'weighted_f1',
  'log_loss',
  'roc_auc_ovr',
];
const regressionMetrics = ['rmse', 'mae', 'mape', 'r2'];
const metricsOf = { binary: binaryMetrics, multiclass: multiclassMetrics, regression: regressionMetrics };

/** Every split that any candidate was evaluated on, with the candidates' figures side by side. */
export function evaluatedSplits(evaluation: Evaluation): EvaluatedSplitView[] {
  const present = new Set(evaluation.models.flatMap(({ evaluations }) => evaluations.map(({ split }) => split)));
  return splitOrder.filter((split) => present.has(split)).map((split) => splitView(evaluation, split));
}

function splitView({ models, task }: Evaluation, split: Split): EvaluatedSplitView {
  const on = models.map(({ name, evaluations }) => ({
    candidate: name,
    figures: evaluations.find((one) => one.split === split)?.figures,
  }));
  const metrics = metricsOf[task];
  return {
    split,
    size: sizeOf(on.map(({ figures }) => figures)),
    metrics: metrics.map((id) => metricRow(id, on)),
    matrices:
      task !== 'binary'
        ? []
        : on.map(({ candidate, figures }) => ({
            candidate,
            cells: figures && isBinary(figures) ? cellsOf(figures.confusion) : null,
          })),
  };
}

function isBinary(figures: Figures): figures is BinaryEvaluation {
  return 'confusion' in figures && 'positives' in figures;
}

function sizeOf(figures: (Figures | undefined)[]): string {
  const first = figures.find((one) => one !== undefined);
  if (!first) return '';
  const rows = `${formatCount(first.n)} ${plural(first.n, 'row')}`;
  return isBinary(first) ? `${rows}, ${formatCount(first.positives)} ${plural(first.positives, 'positive')}` : rows;
}

function metricRow(
  id: string,
  on: { candidate: string; figures: Figures | undefined }[],
): EvaluatedSplitView['metrics'][number] {
  const { title, betterIs, decimals } = nameOf(id);
  const values = on.map(({ figures }) => numberAt(figures, id));
  const shared = decimals ?? commonDecimals(values);
  const figures: CandidateFigure[] = on.map(({ candidate, figures: own }, i) => ({
    candidate,
    figure: figureOf(values[i], own ? own.reasons[id] : 'it was not evaluated on this split', shared),
    best: isBest(values, i, betterIs),
  }));
  return { id, title, betterIs, figures };
}

function numberAt(figures: Figures | undefined, id: string): number | null {
  const value = figures?.[id];
  return typeof value === 'number' ? value : null;
}

/** Only where there is another one to be better than. */
function isBest(values: (number | null)[], at: number, betterIs: 'higher' | 'lower'): boolean {
  const told = values.filter((value) => value !== null);
  const value = values[at] ?? null;
  if (value === null || new Set(told).size < 2) return false;
  return value === (betterIs === 'higher' ? Math.max(...told) : Math.min(...told));
}
