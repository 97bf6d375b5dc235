import type { BinnedData } from '../bins/binned-data.js';
import type { TrainingParameters } from '../parameters/parameters.js';
import type { Tree } from '../tree.js';
import { categoricalSplit } from './categorical-split.js';
import type { ColumnSampler } from './column-sampler.js';
import type { RowRange } from '../kernel/crew.js';
import { fillHistogram, fixCommonBins, subtractHistogram } from './histogram.js';
import { ANY_OUTPUT, childRanges, type OutputRange } from '../constraint.js';
import { EPSILON, leafOutput } from '../leaf-output.js';
import { numericalSplit } from './numerical-split.js';
import { sidesOf } from './sides.js';
import { isBetter, noSplit, type Split } from './split.js';
import { treeBuilder } from './tree-builder.js';

/** A grown tree and the rows of each of its leaves. */
export interface GrownTree {
  tree: Tree;
  leafRows: RowRange[];
}

interface Leaf extends RowRange {
  gradient: number;
  hessian: number;
  depth: number;
  best: Split;
  histogram: Float64Array | null;
  /** 1 where a split on the feature still makes sense below this leaf. */
  splittable: Uint8Array;
  range: OutputRange;
}

/**
 * Grows one tree leaf-wise: of all leaves the one whose best split gains most is split next, until `num_leaves` or until no
 * split gains. LightGBM's SerialTreeLearner, with histograms of the larger child found by subtraction.
 * @param output whose gradients the tree follows
 * @param bag rows to learn from, null for all
 * @param spare histograms that trees hand on to each other
 */
export function growTree(
  data: BinnedData,
  output: number,
  bag: Int32Array | null,
  parameters: TrainingParameters,
  columns: ColumnSampler,
  spare: Float64Array[],
): GrownTree {
  const usable = columns.nextTree();
  const root = rootLeaf(data, output, bag, usable);
  const builder = treeBuilder(parameters.num_leaves, leafOutput(root.gradient, root.hessian, parameters), root.count);
  const leaves = [root];
  if (worthSearching(parameters, root, null)) {
    root.histogram = newHistogram(data, spare);
    fillHistogram(root.histogram, data, root, output, usable);
    fixCommonBins(root.histogram, data, usable, root.gradient, root.hessian);
    findBestSplit(data, root, usable, columns.nextLeaf(), parameters);
  }
  while (leaves.length < parameters.num_leaves) {
    const chosen = bestLeaf(leaves);
    const parent = leaves[chosen]!;
    if (!(parent.best.gain > 0)) break;
    const [left, right] = splitLeaf(data, parent, parameters, (recorded) => builder.split(chosen, recorded));
    leaves[chosen] = left;
    leaves.push(right);
    // After the last split nothing more is sought.
    if (leaves.length < parameters.num_leaves && worthSearching(parameters, left, right)) search(parent, left, right);
    else release(parent, spare);
  }
  for (const leaf of leaves) release(leaf, spare);
  return { tree: builder.finish(), leafRows: leaves };

  function search(parent: Leaf, left: Leaf, right: Leaf): void {
    const [smaller, larger] = left.count < right.count ? [left, right] : [right, left];
    const used = parent.splittable;
    smaller.histogram = newHistogram(data, spare);
    fillHistogram(smaller.histogram, data, smaller, output, used);
    fixCommonBins(smaller.histogram, data, used, smaller.gradient, smaller.hessian);
    const [forSmaller, forLarger] = [columns.nextLeaf(), columns.nextLeaf()];
    findBestSplit(data, smaller, used, forSmaller, parameters);
    larger.histogram = parent.histogram!;
    subtractHistogram(larger.histogram, smaller.histogram);
    findBestSplit(data, larger, used, forLarger, parameters);
  }
}

function rootLeaf(data: BinnedData, output: number, bag: Int32Array | null, usable: Uint8Array): Leaf {
  const { rows, pairs } = data.memory;
  const own = pairs[output]!;
  const count = bag ? bag.length : data.rows;
  if (bag) rows.set(bag);
  else for (let row = 0; row < count; row++) rows[row] = row;
  let gradient = 0;
  let hessian = 0;
  for (let i = 0; i < count; i++) {
    gradient += own[2 * rows[i]!]!;
    hessian += own[2 * rows[i]! + 1]!;
  }
  return leafOf({ rows, begin: 0, count }, gradient, hessian, 0, usable);
}

function leafOf(range: RowRange, gradient: number, hessian: number, depth: number, splittable: Uint8Array): Leaf {
  const { rows, begin, count } = range;
  const best = noSplit();
  return { rows, begin, count, gradient, hessian, depth, best, histogram: null, splittable, range: ANY_OUTPUT };
}

/** Two leaves are searched together, as LightGBM does it: not at all if too deep, or if both are too small. */
function worthSearching(parameters: TrainingParameters, left: Leaf, right: Leaf | null): boolean {
  if (parameters.max_depth > 0 && left.depth >= parameters.max_depth) return false;
  const least = 2 * parameters.min_data_in_leaf;
  return left.count >= least || (right !== null && right.count >= least);
}

/** Finds the leaf's best split, and which features its children need not look at any more. */
function findBestSplit(
  data: BinnedData,
  leaf: Leaf,
  used: Uint8Array,
  allowed: Uint8Array,
  parameters: TrainingParameters,
): void {
  const { count, gradient } = leaf;
  const constraint = parameters.monotone_constraints.length > 0 ? { range: leaf.range, direction: 0 } : null;
  const sums = { count, gradient, hessian: leaf.hessian + 2 * EPSILON, constraint };
  leaf.splittable = new Uint8Array(used.length);
  for (let feature = 0; feature < used.length; feature++) {
    if (!used[feature]) continue;
    const offset = data.offsets[feature]!;
    const mapper = data.mappers[feature]!;
    if (constraint) constraint.direction = directionOf(data, feature, parameters);
    const search = mapper.categories ? categoricalSplit : numericalSplit;
    const found = search(leaf.histogram!, offset, mapper, sums, parameters);
    leaf.splittable[feature] = Number(found.splittable);
    if (!found.splittable || !allowed[feature]) continue;
    found.split.feature = feature;
    // What LightGBM's penalty on constrained splits leaves when it is 0.
    if (constraint && constraint.direction !== 0 && !mapper.categories) found.split.gain *= 1 + EPSILON;
    if (isBetter(found.split, leaf.best)) leaf.best = found.split;
  }
}

/** 1 if predictions must rise with a feature, -1 if they must fall, else 0. */
function directionOf(data: BinnedData, feature: number, { monotone_constraints }: TrainingParameters): number {
  return monotone_constraints[data.features[feature]!] ?? 0;
}

function bestLeaf(leaves: Leaf[]): number {
  let best = 0;
  for (let leaf = 1; leaf < leaves.length; leaf++) if (isBetter(leaves[leaf]!.best, leaves[best]!.best)) best = leaf;
  return best;
}

function splitLeaf(
  data: BinnedData,
  parent: Leaf,
  parameters: TrainingParameters,
  record: (recorded: Parameters<ReturnType<typeof treeBuilder>['split']>[1]) => void,
): [Leaf, Leaf] {
  const split = parent.best;
  const mapper = data.mappers[split.feature]!;
  // Counts that the histogram only estimated become exact.
  split.leftCount = data.memory.partition(split.feature, sidesOf(mapper, split), parent);
  split.rightCount = parent.count - split.leftCount;
  record({
    split,
    feature: data.features[split.feature]!,
    threshold: mapper.bounds[split.threshold]!,
    leftCategories: split.leftBins?.map((bin) => mapper.bounds[bin]!) ?? null,
    missing: mapper.missing,
    gain: split.gain + parameters.min_gain_to_split,
  });
  const rows = parent.rows;
  const left = { rows, begin: parent.begin, count: split.leftCount };
  const right = { rows, begin: parent.begin + split.leftCount, count: split.rightCount };
  const direction = mapper.categories ? 0 : directionOf(data, split.feature, parameters);
  const [leftRange, rightRange] = childRanges(parent.range, direction, split.leftOutput, split.rightOutput);
  const depth = parent.depth + 1;
  return [
    { ...leafOf(left, split.leftGradient, split.leftHessian, depth, parent.splittable), range: leftRange },
    { ...leafOf(right, split.rightGradient, split.rightHessian, depth, parent.splittable), range: rightRange },
  ];
}

function newHistogram(data: BinnedData, spare: Float64Array[]): Float64Array {
  return spare.pop() ?? new Float64Array(2 * data.offsets.at(-1)!);
}

function release(leaf: Leaf, spare: Float64Array[]): void {
  if (leaf.histogram) spare.push(leaf.histogram);
  leaf.histogram = null;
}
