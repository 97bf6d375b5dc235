import { binaryEvaluation } from '../../models/metrics/binary-evaluation.js';
import { binaryIntervals, regressionIntervals } from '../../models/metrics/bootstrap.js';
import { classRateIntervals, multiclassIntervals } from '../../models/metrics/class-bootstrap.js';
import { equalWidthCalibration } from '../../models/metrics/calibration.js';
import type { Confusion } from '../../models/metrics/confusion.js';
import { multiclassEvaluation, type MulticlassEvaluation } from '../../models/metrics/multiclass-evaluation.js';
import { rateIntervals } from '../../models/metrics/wilson.js';
import { regressionEvaluation } from '../../models/metrics/regression-evaluation.js';
import {
  quantileEdges,
  rangeSlices,
  rowsOfSlice,
  sliceNames,
  valueSlices,
  type SliceColumn,
} from '../../models/metrics/slices.js';
import type { Scored } from './scored.js';

type Figures = { n: number; reasons: Record<string, string> } & Record<string, unknown>;

/** A column of numbers with more values than this is cut into quarters. */
const MOST_NUMBERS = 20;

/** The document of `mlops metrics`: all figures of the rows, flat, then what needs more than a number. */
export function evaluateScored(scored: Scored, threshold: number) {
  const figures = figuresOf(scored, threshold);
  const { task } = scored;
  return {
    kind: 'metrics',
    schemaVersion: 1,
    task,
    ...figures,
    n_missing: scored.missing,
    ...intervalsOf(scored, threshold, figures),
    ...(task === 'binary' ? { calibration: calibrationOf(scored) } : {}),
    ...(scored.slices.length === 0 ? {} : slicesOf(scored, threshold)),
  };
}

function figuresOf(
  { task, labels, scores, classes, weights }: Omit<Scored, 'slices' | 'missing'>,
  threshold: number,
): Figures {
  if (task === 'binary') return { ...binaryEvaluation(labels, scores[0]!, threshold, weights) };
  if (task === 'regression') return { ...regressionEvaluation(labels, scores[0]!, weights) };
  const { names, predicted } = classes!;
  const given = predicted ? { predicted: scores[0]! } : { probabilities: scores };
  return { ...multiclassEvaluation({ classes: names, labels, weights, ...given }) };
}

/** 95 % intervals: Wilson's for rates, the bootstrap's for the rest; none with weights. */
function intervalsOf(scored: Scored, threshold: number, figures: Figures) {
  const { task, labels, scores, weights, classes } = scored;
  const { confusion } = figures;
  if (weights) return {};
  if (task === 'multiclass') {
    const evaluated = figures as unknown as MulticlassEvaluation;
    const rows = { classes: classes!.names, labels, ...(classes!.predicted ? {} : { probabilities: scores }) };
    return { intervals: { ...classRateIntervals(evaluated), ...multiclassIntervals(rows, evaluated).intervals } };
  }
  if (task === 'regression') return { intervals: regressionIntervals(labels, scores[0]!).intervals };
  const { intervals } = binaryIntervals(labels, scores[0]!, threshold);
  return { intervals: { ...rateIntervals(confusion as Confusion), ...intervals } };
}

function calibrationOf({ labels, scores, weights }: Scored) {
  const { reason, ...calibration } = equalWidthCalibration(labels, scores[0]!, weights);
  return reason === null ? calibration : { ...calibration, reason };
}

function slicesOf(scored: Scored, threshold: number) {
  const reasons: Record<string, string> = {};
  const slices = scored.slices.flatMap((column) => {
    const { rules, left } = rulesOf(column);
    if (left > 0) reasons[`slices.${column.name}`] = `${left} rarer values have no figures of their own`;
    return rules.map((rule) => {
      const rows = rowsOfSlice(rule, column);
      const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
      const part = {
        ...scored,
        labels: pick(scored.labels),
        scores: scored.scores.map(pick),
        weights: scored.weights && pick(scored.weights),
      };
      return { ...sliceNames(rule), ...figuresOf(part, threshold) };
    });
  });
  return { slices, ...(Object.keys(reasons).length > 0 ? { sliceReasons: reasons } : {}) };
}

function rulesOf(column: SliceColumn) {
  if (column.numbers !== null && hasMoreThan(MOST_NUMBERS, column.numbers))
    return { rules: rangeSlices(column, quantileEdges(column.numbers, 4)), left: 0 };
  const { slices, left } = valueSlices(column);
  return { rules: slices, left };
}

function hasMoreThan(most: number, values: ArrayLike<number>): boolean {
  const seen = new Set<number>();
  for (let row = 0; row < values.length && seen.size <= most; row++) seen.add(values[row]!);
  return seen.size > most;
}
