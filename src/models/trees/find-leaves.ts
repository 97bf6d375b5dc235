import { CATEGORICAL, DEFAULT_LEFT, Missing, MISSING_SHIFT, NO_VALUE_LEFT, type Tree } from './tree.js';

/** LightGBM takes values this near to 0 for 0 (1e-35 as a 32-bit float). */
export const ZERO_THRESHOLD = Math.fround(1e-35);

/** Writes into `leaves[row - from]` the leaf that each row from `from` to `to` reaches. */
export function findLeaves(tree: Tree, columns: Float64Array[], from: number, to: number, leaves: Int32Array): void {
  if (tree.leaves === 1) leaves.fill(0, 0, to - from);
  else for (let row = from; row < to; row++) leaves[row - from] = findLeaf(tree, columns, row);
}

/** The leaf that one row reaches in a tree of at least two leaves. */
export function findLeaf(tree: Tree, columns: Float64Array[], row: number): number {
  let node = 0;
  while (node >= 0) {
    const value = columns[tree.splitFeature[node]!]![row]!;
    node = goesLeft(tree, node, value) ? tree.leftChild[node]! : tree.rightChild[node]!;
  }
  return ~node;
}

/** Whether a value goes left at an inner node: LightGBM's rules for categories, zero as missing and NaN, and XGBoost's. */
export function goesLeft(tree: Tree, node: number, value: number): boolean {
  const type = tree.decisionType[node]!;
  if (type & CATEGORICAL)
    return Number.isNaN(value) ? (type & NO_VALUE_LEFT) !== 0 : inCategories(tree, tree.threshold[node]!, value);
  const missing = (type >> MISSING_SHIFT) & 3;
  let input = value;
  if (Number.isNaN(input)) {
    if (missing === Missing.nan) return (type & DEFAULT_LEFT) !== 0;
    input = 0;
  }
  if (missing === Missing.zero && input >= -ZERO_THRESHOLD && input <= ZERO_THRESHOLD)
    return (type & DEFAULT_LEFT) !== 0;
  return input <= tree.threshold[node]!;
}

function inCategories(tree: Tree, set: number, value: number): boolean {
  const category = Math.trunc(value);
  // NaN fails the first comparison; what lies beyond the words is a category that training never saw.
  if (!(category >= 0)) return false;
  const word = tree.categoryBoundaries[set]! + Math.floor(category / 32);
  return word < tree.categoryBoundaries[set + 1]! && ((tree.categoryWords[word]! >>> (category % 32)) & 1) === 1;
}
