import { readFileSync } from 'node:fs';
import { keys } from '../../src/documents/keys.js';
import type { ObjectWriter } from '../../src/platform/ports/objects.js';

const trees = readFileSync('test/fixtures/serving/lgb_model.txt', 'utf8');

/** Rows and the probabilities that LightGBM 4.7.0 itself gives for `test/fixtures/serving/lgb_model.txt`. */
export const knownScores = [
  { row: [1, 2, 3], probability: 0.5312619277909997 },
  { row: [-1, 0, null], probability: 0.37200128462971904 },
  { row: [0.15, 0.9, -2], probability: 0.5385002784103888 },
  { row: [null, null, null], probability: 0.37200128462971904 },
];

/** Puts a binary model with inputs alpha, beta, gamma where a registered version lies. */
export async function putTreeModel(objects: ObjectWriter, version: string, threshold = 0.5): Promise<void> {
  await objects.put(`${keys.model(version)}lgb_model.txt`, trees);
  await putMetadata(objects, version, {
    task: 'binary',
    family: 'lightgbm',
    threshold,
    names: ['alpha', 'beta', 'gamma'],
  });
}

/** price = 10 + 2 · area − age, with the training statistics of both columns. */
export async function putLinearModel(objects: ObjectWriter, version: string): Promise<void> {
  const model = {
    kind: 'linear',
    link: 'identity',
    featureNames: ['area', 'age'],
    coefficients: [[2, -1]],
    intercepts: [10],
    converged: true,
    iterations: 1,
    gradient: 0,
    parameters: {},
  };
  const column = (mean: number, std: number) => ({
    ...{ mean, std, min: 0, max: 100, median: mean, q1: 10, q3: 90, null_pct: 0, count: 50 },
  });
  const baseline = { kind: 'data-quality-baseline', schemaVersion: 1, area: column(50, 10), age: column(20, 5) };
  await objects.put(`${keys.model(version)}linear_model.json`, JSON.stringify(model));
  await objects.put(`${keys.baselines(version)}data_quality_baseline.json`, JSON.stringify(baseline));
  await putMetadata(objects, version, { task: 'regression', family: 'ridge', threshold: null, names: ['area', 'age'] });
}

async function putMetadata(
  objects: ObjectWriter,
  version: string,
  { names, ...rest }: { task: string; family: string; threshold: number | null; names: string[] },
): Promise<void> {
  const inputs = names.map((name) => ({ name, type: 'number' }));
  const metadata = { kind: 'model-bundle', schemaVersion: 1, ...rest, inputs, preprocessing: [] };
  await objects.put(`${keys.model(version)}model_metadata.json`, JSON.stringify(metadata));
}
