import type { EstimatedFigure, PerformanceEstimator } from '../../documents/performance-estimator.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import {
  estimateBinary,
  estimateClasses,
  fitBinary,
  fitClasses,
  type BinaryEstimator,
  type Estimate,
} from '../../models/estimation/cbpe.js';
import { estimateLosses, fitLosses, type LossEstimators } from '../../models/estimation/dle.js';
import { readLightGbm } from '../../models/lightgbm-text/read-model.js';
import { writeLightGbm } from '../../models/lightgbm-text/write-model.js';
import { classRows, pickScored, type Scored } from './evaluate.js';
import { filterPart, selectColumns, type Part } from './parts.js';

/** Fewer test rows than this, or of a class fewer than a tenth of them, tell nothing about rows without a label. */
const fewestRows = 50;
/** Of more test rows every second, third, … is taken: they would take long, and tell nothing new. */
const mostRows = 20_000;

type ScoredPart = { part: Part } & Scored;
type Stored = NonNullable<PerformanceEstimator['binary']>;

/** What a version learns from its test rows to estimate its figures where there is no label; undefined where they are too few. */
export async function fitEstimator(
  bundle: Bundle,
  modelVersion: string,
  test: ScoredPart,
): Promise<PerformanceEstimator | undefined> {
  const every = Math.ceil(test.scores.length / mostRows);
  const rows = scoredOnly(test, (row) => row % every === 0);
  const count = rows.scores.length;
  if (count < fewestRows) return undefined;
  const learned = { regression: lossesOf, binary: binaryOf, multiclass: classesOf }[bundle.task];
  const found = await learned(bundle, rows);
  const common = { kind: 'performance-estimator', schemaVersion: 1, modelVersion, rows: count } as const;
  return found && { ...common, binary: null, multiclass: null, regression: null, ...found };
}

/**
 * The figures of rows without a label, as they are estimated to be; none where there are no rows. What the test rows taught is
 * as noisy as they are few: their own error is added to that of these rows, which alone would promise too much.
 */
export function estimatesOf(
  estimator: PerformanceEstimator,
  bundle: Bundle,
  waiting: ScoredPart,
): Record<string, EstimatedFigure> {
  const rows = scoredOnly(waiting);
  const n = rows.scores.length;
  if (n === 0) return {};
  const both = Math.sqrt(1 + n / estimator.rows);
  const found = Object.entries(figuresOf(estimator, bundle, rows));
  return Object.fromEntries(found.map(([name, { value, error }]) => [name, { value, error: error * both, n }]));
}

async function lossesOf(bundle: Bundle, { part, scores }: ScoredPart) {
  const fitted = await fitLosses({ matrix: inputsOf(bundle, part), predictions: scores, labels: part.target });
  const written = ({ trees, ...rest }: LossEstimators['absolute']) => ({ trees: writeLightGbm(trees), ...rest });
  const { absolute, squared, relative } = fitted;
  return { regression: { absolute: written(absolute), squared: written(squared), relative: written(relative) } };
}

function binaryOf(_: Bundle, { part, ...scored }: ScoredPart) {
  if (tooFew(part.target, 2)) return undefined;
  const rows = { labels: part.target, scores: scored.scores, predicted: predictedBy(scored) };
  return { binary: stored(fitBinary(rows)) };
}

function classesOf(_: Bundle, { part, ...scored }: ScoredPart) {
  const { several, scores } = scored;
  const { labels, classes } = classRows(part, scored);
  // A class that the model does not know has no scores.
  if (classes.length > several!.probabilities.length || tooFew(labels, classes.length)) return undefined;
  const fitted = fitClasses({ labels, scores: several!.probabilities, predicted: scores });
  return { multiclass: { classes: fitted.classes.map(stored), accuracy: fitted.accuracy } };
}

function tooFew(labels: ArrayLike<number>, classes: number): boolean {
  const counts = new Array<number>(classes).fill(0);
  for (let row = 0; row < labels.length; row++) counts[labels[row]!]! += 1;
  return Math.min(...counts) < fewestRows / 10;
}

function figuresOf(
  { binary, multiclass, regression }: PerformanceEstimator,
  bundle: Bundle,
  { part, ...scored }: ScoredPart,
): Record<string, Estimate> {
  if (binary !== null) {
    const found = estimateBinary(opened(binary), { scores: scored.scores, predicted: predictedBy(scored) });
    const rest = ({ value, error }: Estimate) => ({ value: 1 - value, error });
    return { ...found, fpr: rest(found.specificity), fnr: rest(found.recall) };
  }
  if (multiclass) {
    const { classes, probabilities } = scored.several!;
    // Nobody knows how often a class is right that has no probability.
    if (classes.length > probabilities.length) return {};
    const estimator = { classes: multiclass.classes.map(opened), accuracy: multiclass.accuracy };
    const found = estimateClasses(estimator, { scores: probabilities, predicted: scored.scores });
    const { accuracy, f1, precision, recall, roc_auc } = found;
    return { accuracy, macro_f1: f1, macro_precision: precision, macro_recall: recall, roc_auc_ovr: roc_auc };
  }
  if (regression === null) return {};
  const read = ({ trees, ...rest }: { trees: string; mean: number; variance: number }) => ({
    ...rest,
    trees: readLightGbm(trees),
  });
  const { absolute, squared, relative } = regression;
  const losses = { absolute: read(absolute), squared: read(squared), relative: read(relative) };
  const { mae, rmse, mape } = estimateLosses(losses, { matrix: inputsOf(bundle, part), predictions: scored.scores });
  return { mae, rmse, mape };
}

function stored({ calibrator, components: { f1Hits, ...components } }: BinaryEstimator): Stored {
  return { calibrator, components, f1Hits };
}

function opened({ calibrator, components, f1Hits }: Stored): BinaryEstimator {
  return { calibrator, components: { ...components, f1Hits } as BinaryEstimator['components'] };
}

const inputsOf = (bundle: Bundle, { matrix }: Part) =>
  selectColumns(
    matrix,
    bundle.inputs.map(({ name }) => name),
  );
const predictedBy = ({ scores, threshold }: Scored) =>
  Uint8Array.from(scores, (score) => Number(score >= (threshold ?? 0.5)));

/** The rows that have a score, and are wanted. */
function scoredOnly({ part, ...scored }: ScoredPart, wanted: (row: number) => boolean = () => true): ScoredPart {
  const { scores } = scored;
  const keep = (row: number) => !Number.isNaN(scores[row]!) && wanted(row);
  return { part: filterPart(part, keep), ...pickScored(scored, (values) => values.filter((_, row) => keep(row))) };
}
