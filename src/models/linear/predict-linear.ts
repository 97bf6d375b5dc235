import { columnsByName } from '../table/align.js';
import type { Matrix } from '../table/matrix.js';
import { applyObjective } from '../trees/objective.js';
import type { LinearModel } from './linear-model.js';

/** intercept + coefficients · row, one array a class; NaN where an input is NaN. @throws InputError naming missing columns */
export function linearScores(model: LinearModel, matrix: Matrix): Float64Array[] {
  const columns = columnsByName(matrix, model.featureNames);
  return model.coefficients.map((coefficients, output) => {
    const scores = new Float64Array(matrix.rows).fill(model.intercepts[output]!);
    columns.forEach((column, feature) => {
      const coefficient = coefficients[feature]!;
      for (let row = 0; row < scores.length; row++) scores[row]! += coefficient * column[row]!;
    });
    return scores;
  });
}

export function linearPredictions(model: LinearModel, matrix: Matrix): Float64Array[] {
  const scores = linearScores(model, matrix);
  applyObjective(scores, { transform: model.link, sigmoid: 1, outputs: null });
  return scores;
}
