import { randomSource, streamSeed } from '../random-source.js';
import type { Matrix } from '../table/matrix.js';

export interface PermutationImportance {
  column: string;
  /** How much the figure falls, on average over the repeats, when the column's values are shuffled. */
  mean: number;
  /** Standard deviation over the repeats (over n). */
  deviation: number;
}

/**
 * What each column is worth to a figure: shuffled, it keeps its values but loses its meaning (scikit-learn's definition).
 * @param evaluate a figure of which more is better, such as the AUC of a model's scores on these rows
 */
export function permutationImportance(
  evaluate: (matrix: Matrix) => number,
  matrix: Matrix,
  repeats = 5,
  seed = 0,
): PermutationImportance[] {
  const whole = evaluate(matrix);
  return matrix.columns.map((column, place) => {
    const falls = Array.from({ length: repeats }, (_, repeat) => {
      const shuffled = shuffle(matrix.values[place]!, randomSource(streamSeed(seed, place * repeats + repeat)));
      return whole - evaluate({ ...matrix, values: matrix.values.with(place, shuffled) });
    });
    const mean = falls.reduce((sum, fall) => sum + fall, 0) / repeats;
    const variance = falls.reduce((sum, fall) => sum + (fall - mean) ** 2, 0) / repeats;
    return { column, mean, deviation: Math.sqrt(variance) };
  });
}

function shuffle(values: Float64Array, random: () => number): Float64Array {
  const shuffled = values.slice();
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const value = shuffled[last]!;
    shuffled[last] = shuffled[other]!;
    shuffled[other] = value;
  }
  return shuffled;
}
