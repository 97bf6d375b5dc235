import assert from 'node:assert/strict';
import {
  estimateBinary,
  estimateClasses,
  fitBinary,
  fitClasses,
  type Estimate,
} from '../../../src/models/estimation/cbpe.js';
import { band, usualRange, type Chunk } from './chunks.js';
import { estimateLosses, fitLosses } from '../../../src/models/estimation/dle.js';
import { fitIsotonic } from '../../../src/models/estimation/isotonic.js';
import { realisedBinary, realisedClasses, realisedLosses } from './realised.js';
import { encoded } from './encode.js';
import { chunksOf, example, type Common } from './examples.js';

type Figures = Record<string, Estimate>;
const near = (found: number, expected: number, by: number, of: string) =>
  assert.ok(Math.abs(found - expected) <= by, `${of}: found ${found}, expected ${expected}`);

/** NannyML draws the samples behind this error anew every time. */
const drawn = 'average_precision';
const rates: [number, number] = [0, 1];

/** Estimates, errors, bands, usual ranges and alerts of every chunk against what NannyML said. */
function agree(
  found: Common,
  rows: { reference: number; analysis: number },
  of: { estimate: (chunk: Chunk) => Figures; realised: (chunk: Chunk) => Record<string, number | null> },
  bounds: [number, number],
): number {
  const chunks = chunksOf(found, rows.analysis).map(of.estimate);
  const before = chunksOf(found, rows.reference).map(of.realised);
  let compared = 0;
  for (const [name, { threshold, chunks: answers }] of Object.entries(found.figures)) {
    const usual = usualRange(
      before.map((figures) => figures[name]!),
      bounds,
    )!;
    const scale = Math.max(1, Math.abs(threshold[1]));
    near(usual[0], threshold[0], 1e-6 * scale, `${name}, least`);
    near(usual[1], threshold[1], 1e-6 * scale, `${name}, most`);
    assert.equal(answers.length, chunks.length);
    answers.forEach((answer, at) => {
      const { value, error } = chunks[at]![name]!;
      near(value, answer.value, 1e-6 * scale, `${name} of chunk ${at}`);
      assert.equal(value < usual[0] || value > usual[1], answer.alert, `${name} of chunk ${at}`);
      compared++;
      if (name === drawn) return near(error / answer.samplingError, 1, 0.4, `${name} error of chunk ${at}`);
      near(error, answer.samplingError, 1e-6 * scale, `${name} error of chunk ${at}`);
      const [low, high] = band(value, error, bounds);
      near(low, answer.lower, 1e-6 * scale, `${name} of chunk ${at}, lower`);
      near(high, answer.upper, 1e-6 * scale, `${name} of chunk ${at}, upper`);
    });
  }
  return compared;
}

const cut = <Values extends ArrayLike<number>>(values: Values, { from, to }: Chunk) =>
  Float64Array.from({ length: to - from }, (_, at) => values[from + at]!);

export function binaryAgrees(folder: string, name: 'car-loan' | 'work-from-home'): number {
  const found = example(folder, name);
  const { reference, analysis } = found;
  const estimator = fitBinary(reference);
  assert.equal(estimator.calibrator !== null, found.calibrated, 'whether it calibrates');
  const part = <Rows extends typeof analysis>({ scores, predicted }: Rows, chunk: Chunk) => ({
    scores: cut(scores, chunk),
    predicted: cut(predicted, chunk),
  });
  return agree(
    found,
    { reference: reference.labels.length, analysis: analysis.scores.length },
    {
      estimate: (chunk) => estimateBinary(estimator, part(analysis, chunk)),
      realised: (chunk) => realisedBinary({ ...part(reference, chunk), labels: cut(reference.labels, chunk) }),
    },
    rates,
  );
}

/** @param decide whether the decision to calibrate must be the same: among equal probabilities NumPy's order is the machine's */
export function classesAgree(folder: string, decide: boolean): number {
  const found = example(folder, 'credit-cards');
  const { reference, analysis } = found;
  const estimator = fitClasses(reference);
  const calibrates = estimator.classes.map(({ calibrator }) => calibrator !== null);
  if (decide) assert.deepEqual(calibrates, found.calibrated, 'whether it calibrates');
  estimator.classes.forEach((one, at) => {
    if (calibrates[at] === found.calibrated[at]) return;
    const labels = reference.labels.map((label) => Number(label === at));
    one.calibrator = found.calibrated[at] ? fitIsotonic(reference.scores[at]!, labels) : null;
  });
  const part = <Rows extends typeof analysis>({ scores, predicted }: Rows, chunk: Chunk) => ({
    scores: scores.map((column) => cut(column, chunk)),
    predicted: cut(predicted, chunk),
  });
  return agree(
    found,
    { reference: reference.labels.length, analysis: analysis.predicted.length },
    {
      estimate: (chunk) => estimateClasses(estimator, part(analysis, chunk)),
      realised: (chunk) => realisedClasses({ ...part(reference, chunk), labels: cut(reference.labels, chunk) }),
    },
    rates,
  );
}

export async function lossesAgree(folder: string): Promise<number> {
  const found = example(folder, 'car-price');
  const { reference, analysis, categories } = found;
  const matrix = encoded(reference.columns, categories, reference.columns);
  const estimator = await fitLosses({ matrix, predictions: reference.predictions, labels: reference.labels });
  const all = encoded(analysis.columns, categories, reference.columns);
  const part = (chunk: Chunk) => ({
    matrix: { ...all, rows: chunk.to - chunk.from, values: all.values.map((column) => cut(column, chunk)) },
    predictions: cut(analysis.predictions, chunk),
  });
  return agree(
    found,
    { reference: reference.labels.length, analysis: analysis.predictions.length },
    {
      estimate: (chunk) => estimateLosses(estimator, part(chunk)),
      realised: (chunk) =>
        realisedLosses({ predictions: cut(reference.predictions, chunk), labels: cut(reference.labels, chunk) }),
    },
    [0, Infinity],
  );
}
