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

/** A matrix with its sums: by class those that are of it, those predicted as it, and those that are both. */
export interface ClassCounts {
  places: number[];
  total: number;
  hits: number[];
  support: number[];
  foretold: number[];
}

export function classCounts(matrix: readonly (readonly number[])[]): ClassCounts {
  const counts: ClassCounts = { places: [], total: 0, hits: [], support: [], foretold: matrix.map(() => 0) };
  matrix.forEach((row, label) => {
    let support = 0;
    row.forEach((value, place) => {
      support += value;
      counts.foretold[place]! += value;
    });
    counts.places.push(label);
    counts.hits.push(row[label]!);
    counts.support.push(support);
    counts.total += support;
  });
  return counts;
}

/**
 * Agreement of labels and predictions beyond chance: Gorodkin's R_K (scikit-learn's multiclass `matthews_corrcoef`) and
 * Cohen's kappa. Null where the labels or, for R_K, the predictions are all of one class.
 */
export function matrixAgreement({ total, hits, support, foretold }: ClassCounts): {
  mcc: number | null;
  kappa: number | null;
} {
  const dot = (left: number[], right: number[]) => left.reduce((sum, value, place) => sum + value * right[place]!, 0);
  const agreed = hits.reduce((sum, value) => sum + value, 0);
  const chance = dot(support, foretold);
  const left = total * total - dot(support, support);
  const right = total * total - dot(foretold, foretold);
  const tiny = 1e-12 * total * total;
  return {
    mcc: left > tiny && right > tiny ? (agreed * total - chance) / (Math.sqrt(left) * Math.sqrt(right)) : null,
    kappa: total * total - chance > tiny ? (agreed * total - chance) / (total * total - chance) : null,
  };
}
