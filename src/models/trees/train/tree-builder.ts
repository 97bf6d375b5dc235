import { CATEGORICAL, DEFAULT_LEFT, type Missing, MISSING_SHIFT, type Tree } from '../tree.js';
import { ZERO_THRESHOLD } from '../find-leaves.js';
import type { Split } from './split.js';

/** A split as the tree records it. */
export interface RecordedSplit {
  split: Split;
  feature: number;
  threshold: number;
  /** A categorical split: the categories that go left. Else null. */
  leftCategories: number[] | null;
  missing: Missing;
  /** The gain before `min_gain_to_split` was taken off. */
  gain: number;
}

/** A tree that grows by splitting leaves; node and leaf numbers are LightGBM's. */
export interface TreeBuilder {
  /** Splits a leaf: the left child keeps its number, the right child's is returned. */
  split(leaf: number, recorded: RecordedSplit): number;
  finish(): Tree;
}

export function treeBuilder(maxLeaves: number, rootOutput: number, rootCount: number): TreeBuilder {
  const tree = emptyTree(maxLeaves);
  const parents = new Int32Array(maxLeaves).fill(-1);
  tree.leafValue[0] = roundToZero(rootOutput);
  tree.leafCount[0] = rootCount;
  let leaves = 1;

  const boundaries = [0];
  const words: number[] = [];

  function split(leaf: number, recorded: RecordedSplit): number {
    const { split: found, feature, threshold, missing, gain, leftCategories } = recorded;
    const node = leaves - 1;
    const parent = parents[leaf]!;
    if (parent >= 0) {
      const side = tree.leftChild[parent] === ~leaf ? tree.leftChild : tree.rightChild;
      side[parent] = node;
    }
    tree.splitFeature[node] = feature;
    tree.splitGain[node] = Math.fround(gain);
    tree.threshold[node] = leftCategories ? boundaries.length - 1 : threshold;
    const kind = leftCategories ? CATEGORICAL : found.defaultLeft ? DEFAULT_LEFT : 0;
    tree.decisionType[node] = kind | (missing << MISSING_SHIFT);
    if (leftCategories) boundaries.push(words.push(...bitset(leftCategories)));
    tree.leftChild[node] = ~leaf;
    tree.rightChild[node] = ~leaves;
    parents[leaf] = parents[leaves] = node;
    tree.internalValue[node] = tree.leafValue[leaf]!;
    tree.internalWeight[node] = found.leftHessian + found.rightHessian;
    tree.internalCount[node] = found.leftCount + found.rightCount;
    setLeaf(leaf, found.leftOutput, found.leftHessian, found.leftCount);
    setLeaf(leaves, found.rightOutput, found.rightHessian, found.rightCount);
    return leaves++;
  }

  function setLeaf(leaf: number, value: number, weight: number, count: number): void {
    tree.leafValue[leaf] = Number.isNaN(value) ? 0 : value;
    tree.leafWeight[leaf] = weight;
    tree.leafCount[leaf] = count;
  }

  function finish(): Tree {
    return {
      ...trim(tree, leaves),
      categoryBoundaries: Int32Array.from(boundaries),
      categoryWords: Uint32Array.from(words),
    };
  }

  return { split, finish };
}

/** Words of 32 bits, of which those of the categories are set. */
function bitset(categories: number[]): Uint32Array {
  const words = new Uint32Array(Math.floor(Math.max(...categories) / 32) + 1);
  for (const category of categories) words[Math.floor(category / 32)]! |= 1 << (category % 32);
  return words;
}

function emptyTree(leaves: number): Tree {
  return {
    leaves,
    splitFeature: new Int32Array(leaves - 1),
    splitGain: new Float64Array(leaves - 1),
    threshold: new Float64Array(leaves - 1),
    decisionType: new Uint8Array(leaves - 1),
    leftChild: new Int32Array(leaves - 1),
    rightChild: new Int32Array(leaves - 1),
    leafValue: new Float64Array(leaves),
    leafWeight: new Float64Array(leaves),
    leafCount: new Float64Array(leaves),
    internalValue: new Float64Array(leaves - 1),
    internalWeight: new Float64Array(leaves - 1),
    internalCount: new Float64Array(leaves - 1),
    categoryBoundaries: Int32Array.of(0),
    categoryWords: new Uint32Array(0),
    linear: null,
    shrinkage: 1,
  };
}

function trim(tree: Tree, leaves: number): Tree {
  const nodes = leaves - 1;
  return {
    ...tree,
    leaves,
    splitFeature: tree.splitFeature.slice(0, nodes),
    splitGain: tree.splitGain.slice(0, nodes),
    threshold: tree.threshold.slice(0, nodes),
    decisionType: tree.decisionType.slice(0, nodes),
    leftChild: tree.leftChild.slice(0, nodes),
    rightChild: tree.rightChild.slice(0, nodes),
    leafValue: tree.leafValue.slice(0, leaves),
    leafWeight: tree.leafWeight.slice(0, leaves),
    leafCount: tree.leafCount.slice(0, leaves),
    internalValue: tree.internalValue.slice(0, nodes),
    internalWeight: tree.internalWeight.slice(0, nodes),
    internalCount: tree.internalCount.slice(0, nodes),
  };
}

/** A tree that predicts one value. */
export function constantTree(value: number, count: number): Tree {
  const tree = emptyTree(1);
  tree.leafValue[0] = value;
  tree.leafCount[0] = count;
  return { ...tree, leafWeight: new Float64Array(0) };
}

/** Multiplies all outputs by the learning rate. */
export function shrinkTree(tree: Tree, rate: number): void {
  for (const values of [tree.leafValue, tree.internalValue])
    for (let i = 0; i < values.length; i++) values[i] = roundToZero(values[i]! * rate);
  tree.shrinkage *= rate;
}

/** Adds the score that boosting started from, so that the trees alone predict. */
export function addBias(tree: Tree, bias: number): void {
  for (const values of [tree.leafValue, tree.internalValue])
    for (let i = 0; i < values.length; i++) values[i] = roundToZero(values[i]! + bias);
  tree.shrinkage = 1;
}

function roundToZero(value: number): number {
  return Math.abs(value) <= ZERO_THRESHOLD ? 0 : value;
}
