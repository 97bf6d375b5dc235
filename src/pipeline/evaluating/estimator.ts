import type { EstimatedFigure, PerformanceEstimator } from '../../documents/performance-estimator.js';
import type { Bundle } from '../../models/bundle/bundle.js';
import { estimateBinary, fitBinary, type BinaryEstimator } from '../../models/estimation/cbpe.js';
import { estimateLosses, fitLosses, type LossEstimators } from '../../models/estimation/dle.js';
import type { Component } from '../../models/estimation/sampling-error.js';
import { readLightGbm } from '../../models/lightgbm-text/read-model.js';
import { writeLightGbm } from '../../models/lightgbm-text/write-model.js';
import { filterPart, selectColumns, type Part } from './parts.js';

/** Fewer test rows than this, or of either class fewer than a tenth of them, tell nothing about rows without a label. */
const fewestRows = 50;
/** Of more test rows every second, third, … is taken: they would take long, and tell nothing new. */
const mostRows = 20_000;

type Scored = { part: Part; scores: Float64Array };

/** What a version learns from its test rows to estimate its figures where there is no label; undefined where they are too few. */
export async function fitEstimator(
  bundle: Bundle,
  modelVersion: string,
  test: Scored,
): Promise<PerformanceEstimator | undefined> {
  const every = Math.ceil(test.scores.length / mostRows);
  const { part, scores } = scoredOnly(test, (row) => row % every === 0);
  const rows = scores.length;
  const common = { kind: 'performance-estimator' as const, schemaVersion: 1 as const, modelVersion, rows };
  if (rows < fewestRows) return undefined;
  if (bundle.task === 'regression') {
    const matrix = inputsOf(bundle, part);
    const { absolute, squared, relative } = await fitLosses({ matrix, predictions: scores, labels: part.target });
    const written = ({ trees, ...rest }: LossEstimators['absolute']) => ({ trees: writeLightGbm(trees), ...rest });
    const regression = { absolute: written(absolute), squared: written(squared), relative: written(relative) };
    return { ...common, binary: null, regression };
  }
  if (bundle.task !== 'binary') return undefined;
  const positives = part.target.reduce((sum, label) => sum + label, 0);
  if (Math.min(positives, rows - positives) < fewestRows / 10) return undefined;
  const { calibrator, components } = fitBinary({ labels: part.target, scores, predicted: predictedBy(bundle, scores) });
  const { f1Hits, ...of } = components;
  return { ...common, binary: { calibrator, components: of, f1Hits }, regression: null };
}

/**
 * The figures of rows without a label, as they are estimated to be; none where there are no rows. What the test rows taught is
 * as noisy as they are few: their own error is added to that of these rows, which alone would promise too much.
 */
export function estimatesOf(
  estimator: PerformanceEstimator,
  bundle: Bundle,
  waiting: Scored,
): Record<string, EstimatedFigure> {
  const { part, scores } = scoredOnly(waiting);
  const n = scores.length;
  if (n === 0) return {};
  const both = Math.sqrt(1 + n / estimator.rows);
  const found = estimator.binary
    ? binaryEstimates(estimator.binary, bundle, scores)
    : lossEstimates(estimator, bundle, part, scores);
  return Object.fromEntries(Object.entries(found).map(([name, { value, error }]) => [name, { value, error: error * both, n }]));
}

type Found = Record<string, { value: number; error: number }>;

function binaryEstimates(
  { calibrator, components, f1Hits }: NonNullable<PerformanceEstimator['binary']>,
  bundle: Bundle,
  scores: Float64Array,
): Found {
  const of = { ...(components as Record<string, Component>), f1Hits } as BinaryEstimator['components'];
  const found = estimateBinary({ calibrator, components: of }, { scores, predicted: predictedBy(bundle, scores) });
  const rest = ({ value, error }: { value: number; error: number }) => ({ value: 1 - value, error });
  return { ...found, fpr: rest(found.specificity), fnr: rest(found.recall) };
}

function lossEstimates({ regression }: PerformanceEstimator, bundle: Bundle, part: Part, scores: Float64Array): Found {
  if (regression === null) return {};
  const read = ({ trees, ...rest }: { trees: string; mean: number; variance: number }) => ({
    ...rest,
    trees: readLightGbm(trees),
  });
  const losses = {
    absolute: read(regression.absolute),
    squared: read(regression.squared),
    relative: read(regression.relative),
  };
  const { mae, rmse, mape } = estimateLosses(losses, { matrix: inputsOf(bundle, part), predictions: scores });
  return { mae, rmse, mape };
}

const inputsOf = (bundle: Bundle, { matrix }: Part) =>
  selectColumns(
    matrix,
    bundle.inputs.map(({ name }) => name),
  );
const predictedBy = ({ threshold }: Bundle, scores: Float64Array) =>
  Uint8Array.from(scores, (score) => Number(score >= (threshold ?? 0.5)));

/** The rows that have a score, and are wanted. */
function scoredOnly({ part, scores }: Scored, wanted: (row: number) => boolean = () => true): Scored {
  const keep = (row: number) => !Number.isNaN(scores[row]!) && wanted(row);
  return { part: filterPart(part, keep), scores: scores.filter((_, row) => keep(row)) };
}
