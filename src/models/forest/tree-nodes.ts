import { DEFAULT_LEFT, Missing, MISSING_SHIFT, type Tree } from '../trees/tree.js';

export interface InnerNode {
  feature: number;
  threshold: number;
  missingLeft: boolean;
  gain: number;
  /** Mean of each output, weight and rows of the node. */
  values: number[];
  weight: number;
  count: number;
}

export type LeafNode = Pick<InnerNode, 'values' | 'weight' | 'count'>;

/** A tree under construction, whose nodes are known one by one; `parent` -1 is the root. */
export interface NodeList {
  addInner(node: InnerNode, parent: number, isLeft: boolean): number;
  addLeaf(leaf: LeafNode, parent: number, isLeft: boolean): void;
  /** The finished tree, once for each output: the same splits with that output's values. */
  trees(outputs: number): Tree[];
}

export function nodeList(): NodeList {
  const inner: InnerNode[] = [];
  const leaves: LeafNode[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const hang = (child: number, parent: number, isLeft: boolean) => {
    if (parent >= 0) (isLeft ? left : right)[parent] = child;
  };

  function addInner(node: InnerNode, parent: number, isLeft: boolean): number {
    hang(inner.length, parent, isLeft);
    return inner.push(node) - 1;
  }

  function addLeaf(leaf: LeafNode, parent: number, isLeft: boolean): void {
    hang(~leaves.length, parent, isLeft);
    leaves.push(leaf);
  }

  const treeOf = (output: number): Tree => ({
    leaves: leaves.length,
    splitFeature: Int32Array.from(inner, ({ feature }) => feature),
    splitGain: Float64Array.from(inner, ({ gain }) => Math.fround(gain)),
    threshold: Float64Array.from(inner, ({ threshold }) => threshold),
    decisionType: Uint8Array.from(
      inner,
      ({ missingLeft }) => (missingLeft ? DEFAULT_LEFT : 0) | (Missing.nan << MISSING_SHIFT),
    ),
    leftChild: Int32Array.from(left),
    rightChild: Int32Array.from(right),
    leafValue: Float64Array.from(leaves, ({ values }) => values[output]!),
    leafWeight: Float64Array.from(leaves, ({ weight }) => weight),
    leafCount: Float64Array.from(leaves, ({ count }) => count),
    internalValue: Float64Array.from(inner, ({ values }) => values[output]!),
    internalWeight: Float64Array.from(inner, ({ weight }) => weight),
    internalCount: Float64Array.from(inner, ({ count }) => count),
    categoryBoundaries: Int32Array.of(0),
    categoryWords: new Uint32Array(0),
    linear: null,
    shrinkage: 1,
  });

  return { addInner, addLeaf, trees: (outputs) => Array.from({ length: outputs }, (_, output) => treeOf(output)) };
}
