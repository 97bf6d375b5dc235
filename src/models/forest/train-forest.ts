import { InputError, ParameterError } from '../../common/errors.js';
import { weightsOfRows } from '../class-weights.js';
import { formatDouble } from '../lightgbm-text/format-number.js';
import type { TrainingHooks } from '../progress.js';
import { randomSource, streamSeed } from '../random-source.js';
import { isCategory } from '../table/columns.js';
import type { Training } from '../table/matrix.js';
import type { Task } from '../task.js';
import type { TreeModel } from '../trees/tree-model.js';
import { yieldOften } from '../yield-often.js';
import type { Targets } from './best-split.js';
import { featuresPerSplit, type ForestOptions, readForestOptions, rowCount } from './forest-options.js';
import { growExactTree, type TreeLimits } from './grow-exact-tree.js';
import { outOfBag } from './out-of-bag.js';
import { bootstrapCounts, sortRows } from './sorted-rows.js';

/**
 * Trains a random forest as scikit-learn does: bootstrap rows, exact splits at midpoints, the mean of all trees. A
 * classifier's target holds class numbers from 0; its predictions are probabilities.
 * @param given `task`, and scikit-learn's names, such as n_estimators, max_depth, max_features, random_state
 * @throws InputError for options, columns or targets that cannot be used, CancelledError when the hooks' signal is aborted
 */
export async function trainForest(
  training: Training,
  given: Record<string, unknown>,
  hooks: TrainingHooks = {},
): Promise<TreeModel> {
  const options = readForestOptions(given);
  checkForest(training, options.task);
  if (options.oob_score && !options.bootstrap)
    throw new ParameterError('"oob_score" needs "bootstrap": true', 'oob_score');
  const { matrix } = training;
  const outputs = options.task === 'regression' ? [training.target] : classOutputs(training.target);
  const sorted = sortRows(matrix.values);
  const limits = limitsOf(options, matrix.rows, matrix.columns.length);
  const weights = ownWeights(training, options);
  const pause = yieldOften(hooks);
  const trees: TreeModel['trees'] = [];
  const unseen = options.oob_score ? outOfBag(matrix.values, matrix.rows, outputs.length) : null;
  for (let tree = 0; tree < options.n_estimators; tree++) {
    await pause();
    const weight = rowWeights(training, weights, options, tree);
    const orders = sorted.map((order) => order.filter((row) => weight[row]! > 0));
    const targets: Targets = { outputs, weight };
    const random = randomSource(streamSeed(options.random_state, 2 * tree + 1));
    const grown = growExactTree(matrix.values, orders, targets, limits, random);
    trees.push(...grown);
    unseen?.add(grown, weight);
    hooks.onRound?.({ round: tree + 1, rounds: options.n_estimators, metrics: {} });
  }
  return {
    kind: 'trees',
    featureNames: [...matrix.columns],
    featureInfos: matrix.values.map(rangeOf),
    // Leaves hold probabilities already: an objective would transform them a second time.
    objective: options.task === 'regression' ? 'regression' : null,
    classes: outputs.length,
    treesPerRound: outputs.length,
    averageOutput: true,
    trees,
    monotoneConstraints: null,
    // The section is for LightGBM's own parameters; a forest's would only make it warn.
    parameters: null,
    pandasCategorical: null,
    bestRound: options.n_estimators,
    ...(unseen ? { outOfBag: unseen.result(training.target, options.task === 'regression') } : {}),
  };
}

function checkForest({ matrix, target, weight }: Training, task: Task): void {
  if (matrix.rows === 0 || matrix.columns.length === 0) throw new InputError('no rows or no columns to train on');
  if (target.length !== matrix.rows || (weight && weight.length !== matrix.rows))
    throw new InputError(`found ${matrix.rows} rows and ${target.length} targets, expected as many of each`);
  const categories = matrix.columns.filter((name) => isCategory(matrix, name));
  if (categories.length > 0)
    throw new InputError(`columns hold categories: ${categories.join(', ')}; a forest needs them encoded as numbers`);
  const wrong = target.findIndex((value) => (task === 'regression' ? !Number.isFinite(value) : !isClass(value)));
  if (wrong < 0) return;
  const expected = task === 'regression' ? 'a number' : 'a class number: 0, 1, 2 …';
  throw new InputError(`target of row ${wrong + 1} is ${target[wrong]!}, expected ${expected}`);
}

function isClass(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 10000;
}

/** One 0/1 array a class; two classes need one, the probability of class 1. */
function classOutputs(target: Float64Array): Float64Array[] {
  const classes = target.reduce((most, value) => Math.max(most, value), 0) + 1;
  if (classes <= 2) return [target];
  return Array.from({ length: classes }, (_, label) => target.map((value) => Number(value === label)));
}

function limitsOf(options: ForestOptions, rows: number, features: number): TreeLimits {
  return {
    maxDepth: options.max_depth ?? Infinity,
    minSplit: rowCount(options.min_samples_split, rows, 2),
    minLeaf: rowCount(options.min_samples_leaf, rows, 1),
    featuresPerSplit: featuresPerSplit(options.max_features, features),
    minDecrease: options.min_impurity_decrease,
  };
}

/**
 * The weight of each row in one tree. Bootstrapped, it is how often the row was drawn, and rows are drawn by their weights
 * (scikit-learn's semantics from 1.9 on); else it is the weight itself.
 */
function rowWeights(
  { target }: Training,
  weight: Float64Array | null,
  options: ForestOptions,
  tree: number,
): Float64Array {
  const rows = target.length;
  if (!options.bootstrap) return weight ?? new Float64Array(rows).fill(1);
  const total = weight ? weight.reduce((sum, own) => sum + own, 0) : rows;
  const draws = options.max_samples === null ? rows : rowCount(options.max_samples, total, 2);
  const counts = bootstrapCounts(rows, draws, weight, streamSeed(options.random_state, 2 * tree));
  return options.class_weight === 'balanced_subsample'
    ? weightsOfRows(target, counts, subsampleWeight(target, counts))
    : counts;
}

/** Rows' own and their classes' weights; null where all are 1. */
function ownWeights({ target, weight }: Training, { class_weight, bootstrap }: ForestOptions): Float64Array | null {
  // Without a sample to balance, that of all rows is balanced.
  const perClass = class_weight === 'balanced_subsample' ? (bootstrap ? null : 'balanced') : class_weight;
  if (!weight && perClass === null) return null;
  const weights = weightsOfRows(target, weight, perClass);
  if (!(weights.reduce((sum, own) => sum + own, 0) > 0))
    throw new InputError('all rows have weight 0, expected some above');
  return weights;
}

/** Balanced weights by the rows that were drawn. */
function subsampleWeight(target: Float64Array, counts: Float64Array): Record<string, number> {
  const drawn = new Map<number, number>();
  let total = 0;
  for (let row = 0; row < target.length; row++) {
    total += counts[row]!;
    drawn.set(target[row]!, (drawn.get(target[row]!) ?? 0) + counts[row]!);
  }
  return Object.fromEntries([...drawn].map(([label, count]) => [label, count > 0 ? total / (drawn.size * count) : 0]));
}

function rangeOf(column: Float64Array): string {
  let least = Infinity;
  let most = -Infinity;
  for (const value of column) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? `[${formatDouble(least)}:${formatDouble(most)}]` : 'none';
}
