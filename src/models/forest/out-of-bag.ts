import { regressionEvaluation } from '../metrics/regression-evaluation.js';
import { findLeaf } from '../trees/find-leaves.js';
import type { Tree } from '../trees/tree.js';
import type { OutOfBag } from '../trees/tree-model.js';

/** Gathers what each tree predicts for the rows that it did not see. */
export interface OutOfBagRecord {
  /** @param trees one an output, all with the same splits; @param weight 0 where the tree did not see a row */
  add(trees: Tree[], weight: Float64Array): void;
  /** R2 for values, accuracy for classes. */
  result(target: Float64Array, isRegression: boolean): OutOfBag;
}

export function outOfBag(columns: Float64Array[], rows: number, outputs: number): OutOfBagRecord {
  const sums = Array.from({ length: outputs }, () => new Float64Array(rows));
  const counts = new Float64Array(rows);

  function add(trees: Tree[], weight: Float64Array): void {
    for (let row = 0; row < rows; row++) {
      if (weight[row] !== 0) continue;
      const leaf = trees[0]!.leaves > 1 ? findLeaf(trees[0]!, columns, row) : 0;
      trees.forEach((tree, k) => (sums[k]![row]! += tree.leafValue[leaf]!));
      counts[row]!++;
    }
  }

  function result(target: Float64Array, isRegression: boolean): OutOfBag {
    const seen = Int32Array.from(counts.keys()).filter((row) => counts[row]! > 0);
    const actual = Float64Array.from(seen, (row) => target[row]!);
    if (isRegression) {
      const predicted = Float64Array.from(seen, (row) => sums[0]![row]! / counts[row]!);
      return { score: regressionEvaluation(actual, predicted).r2, rows: seen.length };
    }
    const right = seen.filter((row) => classOf(row) === target[row]).length;
    return { score: seen.length > 0 ? right / seen.length : null, rows: seen.length };
  }

  function classOf(row: number): number {
    if (outputs === 1) return Number(sums[0]![row]! / counts[row]! > 0.5);
    return sums.reduce((best, sum, k) => (sum[row]! > sums[best]![row]! ? k : best), 0);
  }

  return { add, result };
}
