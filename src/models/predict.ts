import { linearPredictions, linearScores } from './linear/predict-linear.js';
import type { LinearModel } from './linear/linear-model.js';
import type { Matrix } from './table/matrix.js';
import { rawScores, treePredictions } from './trees/predict-trees.js';
import type { TreeModel } from './trees/tree-model.js';

/** Scores before the objective's transform (margins, logits), one array a class. @throws InputError naming missing columns */
export function predictRaw(model: TreeModel | LinearModel, matrix: Matrix): Float64Array[] {
  return model.kind === 'trees' ? rawScores(model, matrix) : linearScores(model, matrix);
}

/**
 * Predictions: the probability of class 1 for a binary model, one array a class for a multiclass model, values for a
 * regression. @throws InputError naming missing columns
 */
export function predict(model: TreeModel | LinearModel, matrix: Matrix): Float64Array[] {
  return model.kind === 'trees' ? treePredictions(model, matrix) : linearPredictions(model, matrix);
}
