import type { TrainingHooks } from '../progress.js';
import type { Matrix } from '../table/matrix.js';
import { treePredictions } from '../trees/predict-trees.js';
import type { TreeModel } from '../trees/tree-model.js';
import { trainTrees } from '../trees/train/train-trees.js';
import { varianceOf } from './sampling-error.js';
import type { Estimate } from './cbpe.js';

/** Labelled rows of a regression: what the model looked at, what it said, and what was right. */
export interface LabelledValues {
  matrix: Matrix;
  predictions: ArrayLike<number>;
  labels: ArrayLike<number>;
}

/** The errors that figures are means of, and the figures. */
export const losses = {
  absolute: (prediction: number, label: number) => Math.abs(prediction - label),
  squared: (prediction: number, label: number) => (prediction - label) ** 2,
  relative: (prediction: number, label: number) =>
    Math.abs(prediction - label) / Math.max(Number.EPSILON, Math.abs(label)),
};
export type Loss = keyof typeof losses;
export type LossFigure = 'mae' | 'rmse' | 'mse' | 'mape';

/** Trees that say how wrong the model will be at a row, and what errors came to where labels are known. */
export interface LossEstimator {
  trees: TreeModel;
  mean: number;
  variance: number;
}
export type LossEstimators = Record<Loss, LossEstimator>;

/** Its own column, behind the model's: no column is called so. */
const said = '__prediction';

/**
 * Direct loss estimation of a regression, as NannyML's DLE: LightGBM with its defaults learns each row's error from what the
 * model looked at and what it said.
 * @throws InputError where there are no rows
 */
export async function fitLosses(reference: LabelledValues, hooks: TrainingHooks = {}): Promise<LossEstimators> {
  const matrix = withPrediction(reference);
  const fit = async (loss: Loss): Promise<LossEstimator> => {
    const target = Float64Array.from(reference.labels, (label, row) =>
      losses[loss](reference.predictions[row]!, label),
    );
    const mean = target.reduce((sum, one) => sum + one, 0) / target.length;
    const trees = await trainTrees({ matrix, target }, undefined, { objective: 'regression' }, hooks);
    return { trees, mean, variance: varianceOf(target) };
  };
  return { absolute: await fit('absolute'), squared: await fit('squared'), relative: await fit('relative') };
}

/** What the errors of rows without a label come to; none below 0. */
export function estimateLosses(
  estimators: LossEstimators,
  rows: Pick<LabelledValues, 'matrix' | 'predictions'>,
): Record<LossFigure, Estimate> {
  const matrix = withPrediction(rows);
  const n = matrix.rows;
  const mean = (loss: Loss) => {
    const [errors] = treePredictions(estimators[loss].trees, matrix);
    return errors!.reduce((sum, error) => sum + Math.max(0, error), 0) / n;
  };
  const error = (loss: Loss) => Math.sqrt(estimators[loss].variance / n);
  const squares = mean('squared');
  const { squared } = estimators;
  return {
    mae: { value: mean('absolute'), error: error('absolute') },
    mape: { value: mean('relative'), error: error('relative') },
    mse: { value: squares, error: error('squared') },
    // The root's error by the delta method.
    rmse: { value: Math.sqrt(squares), error: Math.sqrt(squared.variance / (4 * n * squared.mean)) },
  };
}

function withPrediction({ matrix, predictions }: Pick<LabelledValues, 'matrix' | 'predictions'>): Matrix {
  return {
    ...matrix,
    columns: [...matrix.columns, said],
    values: [...matrix.values, Float64Array.from(predictions)],
  };
}
