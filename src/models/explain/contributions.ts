import { InputError } from '../../common/errors.js';
import type { Matrix } from '../table/matrix.js';
import { modelColumns } from '../trees/model-columns.js';
import { goesLeft } from '../trees/find-leaves.js';
import type { Tree } from '../trees/tree.js';
import type { TreeModel } from '../trees/tree-model.js';
import { leafWeights, type PathStack, pathStack } from './shap-path.js';

/** How much each feature moved each raw score; features and base add up to it. */
export interface Contributions {
  features: string[];
  /** One array an output; a row holds a value for each feature, then the base (the expected score). */
  outputs: Float64Array[];
}

/**
 * Exact path-dependent TreeSHAP values (Lundberg, Erion and Lee 2018, arXiv:1802.03888), in raw scores.
 * @throws InputError naming missing columns; or for linear leaves or trees without row counts, which have none
 */
export function contributions(model: TreeModel, matrix: Matrix): Contributions {
  const columns = modelColumns(model, matrix);
  const width = model.featureNames.length + 1;
  const outputs = Array.from({ length: model.treesPerRound }, () => new Float64Array(matrix.rows * width));
  model.xgboost?.start.forEach((start, output) => {
    for (let at = width - 1; at < outputs[output]!.length; at += width) outputs[output]![at] = start;
  });
  model.trees.forEach((tree, index) => {
    const values = outputs[index % model.treesPerRound]!;
    checkTree(tree, index);
    const base = expectedValue(tree);
    const paths = pathStack(depthOf(tree, index));
    for (let row = 0; row < matrix.rows; row++) {
      const phi = values.subarray(row * width, (row + 1) * width);
      phi[width - 1]! += base;
      if (tree.leaves > 1) addRow(tree, columns, row, phi, paths);
    }
  });
  if (model.averageOutput) {
    const rounds = model.trees.length / model.treesPerRound;
    for (const values of outputs) for (let i = 0; i < values.length; i++) values[i]! /= rounds;
  }
  return { features: model.featureNames, outputs };
}

function checkTree(tree: Tree, index: number): void {
  if (tree.linear) throw new InputError(`tree ${index} has linear leaves, for which there are no contributions`);
  if (tree.leaves > 1 && tree.leafCount.some((count) => !(count > 0)))
    throw new InputError(`tree ${index} does not say how many rows reached its leaves, which contributions need`);
}

function expectedValue(tree: Tree): number {
  if (tree.leaves === 1) return tree.leafValue[0]!;
  const total = tree.internalCount[0]!;
  return tree.leafValue.reduce((sum, value, leaf) => sum + (tree.leafCount[leaf]! / total) * value, 0);
}

/** Deeper grows no tree that anybody could explain, and the paths take the square of it. */
const deepest = 500;

function depthOf(tree: Tree, index: number): number {
  let depth = 0;
  for (let nodes = tree.leaves > 1 ? [0] : []; nodes.length > 0; depth += 1)
    nodes = nodes.flatMap((node) => [tree.leftChild[node]!, tree.rightChild[node]!]).filter((child) => child >= 0);
  if (depth > deepest)
    throw new InputError(`tree ${index} is ${depth} splits deep; contributions are for at most ${deepest}`);
  return depth;
}

/** Walks all paths of a tree, with for each feature on it the share of rows that would follow it, knowing the value or not. */
function addRow(tree: Tree, columns: Float64Array[], row: number, phi: Float64Array, paths: PathStack): void {
  const countOf = (node: number) => (node >= 0 ? tree.internalCount[node]! : tree.leafCount[~node]!);

  function walk(node: number, above: number, zero: number, one: number, feature: number): void {
    let length = paths.extend(above, zero, one, feature);
    if (node < 0) {
      leafWeights(paths, length, (own, weight) => (phi[own]! += weight * tree.leafValue[~node]!));
      paths.leave();
      return;
    }
    const own = tree.splitFeature[node]!;
    const left = goesLeft(tree, node, columns[own]![row]!);
    const hot = left ? tree.leftChild[node]! : tree.rightChild[node]!;
    const cold = left ? tree.rightChild[node]! : tree.leftChild[node]!;
    // A feature that the path already has is undone and done again with both conditions.
    const [knownZero, knownOne, shorter] = paths.unwind(length, own);
    length = shorter;
    const count = countOf(node);
    walk(hot, length, (countOf(hot) / count) * knownZero, knownOne, own);
    walk(cold, length, (countOf(cold) / count) * knownZero, 0, own);
    paths.leave();
  }

  walk(0, 0, 1, 1, -1);
}
