import { isCategory } from '../table/columns.js';
import { columnsByName } from '../table/align.js';
import type { Matrix } from '../table/matrix.js';
import { ZERO_THRESHOLD } from './find-leaves.js';
import { treePredictions } from './predict-trees.js';
import { finished, ownQuickScorer, quickTrees, type QuickScorer } from './quick-scores.js';
import type { QuickTree } from './quick-tree.js';
import type { TreeModel } from './tree-model.js';

/** Up to so many rows go through the trees one by one: to ask the kernel costs more. */
const fewRows = 3;
/** Larger tables go the general way, which has no room of its own to keep for them. */
const mostRows = 1024;

/** As `treePredictions`, to the last bit, quick for the few rows of a request: what can be made ready is made ready once. */
export function smallTableScorer(model: TreeModel): (matrix: Matrix) => Float64Array[] {
  const trees = quickTrees(model);
  if (trees === undefined) return (matrix) => treePredictions(model, matrix);
  const walk = rowWalk(model, trees);
  let kernel: QuickScorer | undefined;
  return (matrix) => {
    const { rows } = matrix;
    if (rows > mostRows || matrix.columns.some((name) => isCategory(matrix, name)))
      return treePredictions(model, matrix);
    if (rows > fewRows) return (kernel ??= ownQuickScorer(model, mostRows)!).predict(matrix);
    const columns = columnsByName(matrix, model.featureNames);
    const scores = Array.from({ length: model.treesPerRound }, () => new Float64Array(rows));
    for (let row = 0; row < rows; row += 1) walk(columns, row, scores);
    return finished(model, scores);
  };
}

/** Adds what all trees say of one row. Their nodes lie one behind the other, the leaves' values among the thresholds. */
function rowWalk(model: TreeModel, trees: readonly QuickTree[]) {
  const nodes = trees.reduce((sum, { feature }) => sum + feature.length, 0);
  const roots = new Int32Array(trees.length);
  /** -1 at a leaf. */
  const feature = new Int32Array(nodes).fill(-1);
  const threshold = new Float64Array(nodes);
  const children = new Int32Array(2 * nodes);
  const missingChild = new Int32Array(nodes);
  let base = 0;
  trees.forEach((tree, index) => {
    const { inner } = tree;
    roots[index] = base;
    for (let node = 0; node < tree.feature.length; node += 1) {
      if (node >= inner) {
        threshold[base + node] = model.trees[index]!.leafValue[node - inner]!;
        continue;
      }
      feature[base + node] = tree.feature[node]!;
      threshold[base + node] = tree.threshold[node]!;
      children[2 * (base + node)] = base + tree.children[2 * node]!;
      children[2 * (base + node) + 1] = base + tree.children[2 * node + 1]!;
      missingChild[base + node] = base + tree.missingChild[node]!;
    }
    base += tree.feature.length;
  });
  const outputs = model.treesPerRound;
  const values = new Float64Array(model.featureNames.length);

  return (columns: readonly Float64Array[], row: number, scores: readonly Float64Array[]): void => {
    for (let place = 0; place < values.length; place += 1) {
      const value = columns[place]![row]!;
      values[place] = value >= -ZERO_THRESHOLD && value <= ZERO_THRESHOLD ? 0 : value;
    }
    for (let output = 0; output < outputs; output += 1) {
      let sum = 0;
      for (let index = output; index < roots.length; index += outputs) {
        let node = roots[index]!;
        for (let at = feature[node]!; at >= 0; at = feature[node]!) {
          const value = values[at]!;
          // A comparison is an index rather than a branch, which would be guessed wrong too often.
          node = value === value ? children[2 * node + Number(value <= threshold[node]!)]! : missingChild[node]!;
        }
        sum += threshold[node]!;
      }
      scores[output]![row] = sum;
    }
  };
}
