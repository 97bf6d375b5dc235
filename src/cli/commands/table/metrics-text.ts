import type { LabelCoverage } from '../../../documents/capture/label-join.js';
import { classFigure } from '../../../project/rules/class-figure.js';
import { classFiguresOf, figuresOf, knownFigure, labelOf } from '../../../project/rules/known-figures.js';
import { figure, table } from '../../output.js';
import type { Lines } from '../../terminal.js';
import type { evaluateScored } from '../../../pipeline/scored/evaluate-scored.js';

type Document = ReturnType<typeof evaluateScored>;

/** The figures for people: one a line with its 95 % interval or why there is none; then slices, one a line. */
export function metricsText(document: Document): Lines {
  const { task, n, n_missing: missing, reasons } = document;
  const values = document as Record<string, unknown>;
  const intervals = (values.intervals ?? {}) as Record<string, [number, number]>;
  const names = figuresOf(task, 'model');
  const rows = names.map((name) => {
    const value = values[name];
    const interval = intervals[name];
    const beside = interval === undefined ? (reasons[name] ?? '') : `${figure(interval[0])} – ${figure(interval[1])}`;
    return [labelOf(name), figure(value), beside];
  });
  const counts = [
    `${figure(n)} rows`,
    ...(missing > 0 ? [`${figure(missing)} left out without label or score`] : []),
    ...(typeof values.positives === 'number' ? [`${figure(values.positives)} positives`] : []),
    ...(typeof values.threshold === 'number' ? [`threshold ${values.threshold}`] : []),
  ];
  return [
    counts.join(', '),
    matrixText(document),
    table(['figure', 'value', '95 % interval'], rows, ['value']),
    perClassText(document, intervals),
    sliceText(document),
  ];
}

/** How captured predictions and their labels fitted together, and until when figures are of a part of them. */
export function coverageText(coverage: LabelCoverage): Lines {
  const { predictions, labelled, pending, overdue, completeFrom, unreadable } = coverage;
  const waiting = pending > 0 && completeFrom !== null;
  return [
    `${figure(labelled)} of ${figure(predictions)} predictions have a label`,
    ...(waiting ? [`inconclusive until ${completeFrom}: ${figure(pending)} labels are not due yet`] : []),
    ...(overdue !== null && overdue > 0 ? [`${figure(overdue)} labels are overdue`] : []),
    ...(coverage.labelsWithoutCapture > 0 ? [`${figure(coverage.labelsWithoutCapture)} labels without a capture`] : []),
    ...(coverage.duplicateCaptures > 0
      ? [`${figure(coverage.duplicateCaptures)} captures replaced by later ones`]
      : []),
    ...(coverage.duplicateLabels > 0 ? [`${figure(coverage.duplicateLabels)} labels replaced by later ones`] : []),
    ...(unreadable.count > 0 ? [`${figure(unreadable.count)} answers cannot be read; ${unreadable.reason}`] : []),
  ];
}

function matrixText({ confusion, classes }: { confusion?: unknown; classes?: unknown } & object): Lines {
  if (Array.isArray(confusion) && Array.isArray(classes)) {
    const names = classes as string[];
    const lines = (confusion as number[][]).map((row, place) => [names[place]!, ...row.map((value) => figure(value))]);
    return table(['label \\ predicted', ...names], lines, names);
  }
  if (typeof confusion !== 'object' || confusion === null) return [];
  const { tp, fp, fn, tn } = confusion as Record<string, number>;
  return [`TP ${figure(tp)}  FP ${figure(fp)}  FN ${figure(fn)}  TN ${figure(tn)}`];
}

/** Each class against the rest; behind its recall stands how far that is known. */
function perClassText(document: Document, intervals: Record<string, [number, number]>): Lines {
  if (!('per_class' in document)) return [];
  const names = classFiguresOf('multiclass');
  const rows = (document.per_class as ({ class: string } & Record<string, unknown>)[]).map((one) => {
    const [low, high] = intervals[classFigure('recall', one.class)] ?? [];
    const interval = low === undefined || high === undefined ? '' : `${figure(low)} – ${figure(high)}`;
    return [one.class, figure(one.support), ...names.map((name) => figure(one[name])), interval];
  });
  const header = ['class', 'rows', ...names.map(labelOf), 'recall, 95 % interval'];
  return ['', table(header, rows, header.slice(1, -1))];
}

/** Few figures a slice: those that gates mostly name. */
const ofSlices = {
  binary: ['recall', 'precision', 'fpr', 'roc_auc', 'average_precision'],
  multiclass: ['accuracy', 'macro_recall', 'macro_f1'],
  regression: ['rmse', 'mae', 'r2'],
};

function sliceText(document: Document): Lines {
  if (!('slices' in document) || document.slices === undefined) return [];
  const names = ofSlices[document.task];
  const short = (name: string) => knownFigure(name)?.short ?? labelOf(name);
  const rows = document.slices.map((slice) => {
    const values = slice as Record<string, unknown>;
    return [slice.slice, figure(slice.n), ...names.map((name) => figure(values[name]))];
  });
  const header = ['slice', 'rows', ...names.map(short)];
  return ['', table(header, rows, header.slice(1))];
}
