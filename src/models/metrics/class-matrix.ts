/** Rates of one class against the rest; null over nothing. */
export interface ClassRates {
  precision: number | null;
  recall: number | null;
  f1: number | null;
}

/** Rows (or weights) by true class, then by predicted class. */
export function classMatrix(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
  weights?: ArrayLike<number>,
): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let row = 0; row < labels.length; row++) matrix[labels[row]!]![predicted[row]!]! += weights ? weights[row]! : 1;
  return matrix;
}

export function classRates(matrix: readonly (readonly number[])[], place: number): ClassRates {
  const hit = matrix[place]![place]!;
  const support = matrix[place]!.reduce((sum, value) => sum + value, 0);
  const foretold = matrix.reduce((sum, row) => sum + row[place]!, 0);
  const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : null);
  return { precision: ratio(hit, foretold), recall: ratio(hit, support), f1: ratio(2 * hit, support + foretold) };
}

/**
 * Agreement of labels and predictions beyond chance: Gorodkin's R_K (scikit-learn's multiclass `matthews_corrcoef`) and
 * Cohen's kappa. Null where the labels or, for R_K, the predictions are all of one class.
 */
export function matrixAgreement(matrix: readonly (readonly number[])[]): { mcc: number | null; kappa: number | null } {
  let total = 0;
  let hits = 0;
  const actual = matrix.map(() => 0);
  const foretold = matrix.map(() => 0);
  matrix.forEach((row, label) =>
    row.forEach((value, place) => {
      total += value;
      actual[label]! += value;
      foretold[place]! += value;
      if (label === place) hits += value;
    }),
  );
  const dot = (left: number[], right: number[]) => left.reduce((sum, value, place) => sum + value * right[place]!, 0);
  const chance = dot(actual, foretold);
  const left = total * total - dot(actual, actual);
  const right = total * total - dot(foretold, foretold);
  const tiny = 1e-12 * total * total;
  return {
    mcc: left > tiny && right > tiny ? (hits * total - chance) / (Math.sqrt(left) * Math.sqrt(right)) : null,
    kappa: total * total - chance > tiny ? (hits * total - chance) / (total * total - chance) : null,
  };
}
