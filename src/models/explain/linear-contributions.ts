import type { LinearModel } from '../linear/linear-model.js';
import { columnsByName } from '../table/align.js';
import type { Matrix } from '../table/matrix.js';
import type { Contributions } from './contributions.js';

/**
 * Exact SHAP values of a linear model whose columns are taken as independent: coefficient · (value - mean), the base
 * being the score of the means (Lundberg and Lee 2017, arXiv:1705.07874, corollary 1). In raw scores.
 * @param background the rows that the means are of
 * @throws InputError naming missing columns
 */
export function linearContributions(model: LinearModel, matrix: Matrix, background: Matrix): Contributions {
  const { featureNames: features, coefficients, intercepts } = model;
  const columns = columnsByName(matrix, features);
  const means = columnsByName(background, features).map(meanOf);
  const width = features.length + 1;
  const outputs = coefficients.map((slopes, output) => {
    const values = new Float64Array(matrix.rows * width);
    const base = slopes.reduce((sum, slope, place) => sum + slope * means[place]!, intercepts[output]!);
    for (let row = 0; row < matrix.rows; row++) {
      slopes.forEach((slope, place) => {
        values[row * width + place] = slope * (columns[place]![row]! - means[place]!);
      });
      values[(row + 1) * width - 1] = base;
    }
    return values;
  });
  return { features, outputs };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
