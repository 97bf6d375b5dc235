import type { Matrix, Training } from '../../table/matrix.js';
import type { BinnedData } from '../bins/binned-data.js';
import { findLeaf } from '../find-leaves.js';
import type { Objective } from '../objectives/objective.js';
import type { TrainingParameters } from '../parameters/parameters.js';
import type { Tree } from '../tree.js';
import { columnSampler } from './column-sampler.js';
import { type GrownTree, growTree } from './grow-tree.js';
import { EPSILON } from '../leaf-output.js';
import { rowSampler } from './row-sampler.js';
import { addBias, constantTree, shrinkTree } from './tree-builder.js';

/** The state of a boosting: scores of the training rows, and the trees so far. */
export function boost(
  { matrix, initScore }: Training,
  data: BinnedData,
  objective: Objective,
  parameters: TrainingParameters,
) {
  const { outputs } = objective;
  const arrays = <T>(make: () => T) => Array.from({ length: outputs }, make);
  const scores = initScore ? initScore.map((score) => score.slice()) : arrays(() => new Float64Array(data.rows));
  const columns = columnSampler(data.features.length, parameters);
  const rows = rowSampler(data.rows, parameters);
  const spare: Float64Array[] = [];
  const trees: Tree[] = [];
  // Without features there is nothing but the average to predict; with scores to start from there is no average to add.
  const fromAverage = !initScore && (parameters.boost_from_average || data.features.length === 0);

  /** Adds one round; null, without adding anything, if no tree of the round can be split. */
  function nextRound(): Tree[] | null {
    const first = trees.length === 0;
    const starts = scores.map((score, output) => (first && fromAverage ? startFrom(score, output) : 0));
    objective.gradients(scores, data.memory.pairs, data.memory);
    const bag = rows(trees.length / outputs);
    const round = scores.map((score, output) => nextTree(score, output, bag, starts[output]!));
    if (round.every((tree) => tree.leaves === 1) && !first) return null;
    trees.push(...round);
    return round;
  }

  function startFrom(score: Float64Array, output: number): number {
    const start = objective.initialScore(output);
    if (Math.abs(start) <= EPSILON) return 0;
    score.fill(start);
    return start;
  }

  function nextTree(score: Float64Array, output: number, bag: Int32Array | null, start: number): Tree {
    const grown =
      objective.needsTraining(output) && data.features.length > 0
        ? growTree(data, output, bag, parameters, columns, spare)
        : null;
    if (!grown || grown.tree.leaves === 1) return constantTree(constantOf(score, output, start), data.rows);
    if (objective.leafValue) renewLeaves(grown, score);
    shrinkTree(grown.tree, parameters.learning_rate);
    addScores(grown, score);
    if (bag) addToOthers(matrix, grown.tree, bag, score);
    if (Math.abs(start) > EPSILON) addBias(grown.tree, start);
    return grown.tree;
  }

  function renewLeaves({ tree, leafRows }: GrownTree, score: Float64Array): void {
    leafRows.forEach((rows, leaf) => (tree.leafValue[leaf] = objective.leafValue!(score, rows)));
  }

  /** A first tree that cannot be split predicts the average after all. */
  function constantOf(score: Float64Array, output: number, start: number): number {
    if (trees.length > 0 || initScore) return 0;
    if (fromAverage) return start;
    const average = objective.initialScore(output);
    score.fill(average);
    return average;
  }

  return { trees, nextRound };
}

function addScores({ tree, leafRows }: GrownTree, score: Float64Array): void {
  leafRows.forEach(({ rows, begin, count }, leaf) => {
    const value = tree.leafValue[leaf]!;
    for (let i = begin; i < begin + count; i++) score[rows[i]!]! += value;
  });
}

/** Rows outside the bag take their own way through the tree. */
function addToOthers(matrix: Matrix, tree: Tree, bag: Int32Array, score: Float64Array): void {
  let next = 0;
  for (let row = 0; row < matrix.rows; row++) {
    if (bag[next] === row) next++;
    else score[row]! += tree.leafValue[findLeaf(tree, matrix.values, row)]!;
  }
}
