import type { Matrix } from '../table/matrix.js';
import { modelColumns } from './model-columns.js';
import { applyObjective, parseObjective } from './objective.js';
import { rowBlocks } from './row-block.js';
import type { Tree } from './tree.js';
import type { TreeModel } from './tree-model.js';
import { applyTransform, type XgboostPart } from './xgboost-scores.js';

/**
 * Raw scores (margins), one array a class. Missing values follow the trees' own rules.
 * @throws InputError naming the model's features that the table has not
 */
export function rawScores(model: TreeModel, matrix: Matrix): Float64Array[] {
  if (model.xgboost) return doubles(addTrees(model, matrix, startingScores(model.xgboost, matrix.rows)));
  const scores = Array.from({ length: model.treesPerRound }, () => new Float64Array(matrix.rows));
  addTrees(model, matrix, scores);
  if (model.averageOutput) average(scores, model.trees.length / model.treesPerRound);
  return scores;
}

/** Predictions in the objective's own terms: probabilities, counts, values. One array a class (binary: one). */
export function treePredictions(model: TreeModel, matrix: Matrix): Float64Array[] {
  if (model.xgboost) {
    const scores = addTrees(model, matrix, startingScores(model.xgboost, matrix.rows));
    applyTransform(scores, model.xgboost.transform);
    return doubles(scores);
  }
  const scores = rawScores(model, matrix);
  const objective = model.objective === null ? null : objectiveOf(model.objective);
  if (objective && !('problem' in objective)) applyObjective(scores, objective);
  return scores;
}

const objectives = new Map<string, ReturnType<typeof parseObjective>>();

/** An objective as a model's file spells it, read once. */
export function objectiveOf(text: string): ReturnType<typeof parseObjective> {
  let found = objectives.get(text);
  if (found === undefined) objectives.set(text, (found = parseObjective(text)));
  return found;
}

/** XGBoost adds in 32 bits, and an array of such numbers rounds each sum as it does. */
const startingScores = ({ start }: XgboostPart, rows: number) => start.map((one) => new Float32Array(rows).fill(one));
const doubles = (scores: Float32Array[]) => scores.map((column) => Float64Array.from(column));

function addTrees<Scores extends Float64Array | Float32Array>(
  model: TreeModel,
  matrix: Matrix,
  scores: Scores[],
): Scores[] {
  const columns = modelColumns(model, matrix);
  for (const { from, to, findLeaves } of rowBlocks(columns, usedFeatures(model), matrix.rows)) {
    const leaves = new Int32Array(to - from);
    model.trees.forEach((tree, index) => {
      findLeaves(tree, leaves);
      addLeaves(tree, columns, leaves, from, to, scores[index % model.treesPerRound]!);
    });
  }
  return scores;
}

/** The leaf that each row reaches, one array a tree. */
export function leafIndices(model: TreeModel, matrix: Matrix): Int32Array[] {
  const columns = modelColumns(model, matrix);
  const leaves = model.trees.map(() => new Int32Array(matrix.rows));
  for (const { from, to, findLeaves } of rowBlocks(columns, usedFeatures(model), matrix.rows))
    model.trees.forEach((tree, index) => findLeaves(tree, leaves[index]!.subarray(from, to)));
  return leaves;
}

const used = new WeakMap<TreeModel, number[]>();

/** Places of the columns that any tree looks at, found once a model. */
function usedFeatures(model: TreeModel): number[] {
  let found = used.get(model);
  if (found === undefined)
    used.set(model, (found = [...new Set(model.trees.flatMap((tree) => [...tree.splitFeature]))]));
  return found;
}

function addLeaves(
  tree: Tree,
  columns: Float64Array[],
  leaves: Int32Array,
  from: number,
  to: number,
  scores: Float64Array | Float32Array,
): void {
  const values = tree.leafValue;
  if (tree.linear)
    for (let row = from; row < to; row++) scores[row]! += linearValue(tree, leaves[row - from]!, columns, row);
  else for (let row = from; row < to; row++) scores[row]! += values[leaves[row - from]!]!;
}

function linearValue(tree: Tree, leaf: number, columns: Float64Array[], row: number): number {
  const { constant, features, coefficients } = tree.linear!;
  let value = constant[leaf]!;
  for (let k = 0; k < features[leaf]!.length; k++) {
    const input = columns[features[leaf]![k]!]![row]!;
    if (Number.isNaN(input)) return tree.leafValue[leaf]!;
    value += coefficients[leaf]![k]! * input;
  }
  return value;
}

function average(scores: Float64Array[], rounds: number): void {
  for (const column of scores) for (let row = 0; row < column.length; row++) column[row]! /= rounds;
}
