import { CATEGORICAL, DEFAULT_LEFT, Missing, MISSING_SHIFT, type Tree } from './tree.js';

/**
 * A tree of numerical splits, in which zero is a value like others, laid out for speed: leaves are nodes too, after the
 * `inner` ones, and lead to themselves, so that several rows can walk in step until the last one has arrived.
 */
export interface QuickTree {
  inner: number;
  feature: Int32Array;
  threshold: Float64Array;
  /** Of node n the right child at 2n, the left one at 2n + 1. */
  children: Int32Array;
  /** Where a missing value goes. */
  missingChild: Int32Array;
}

const known = new WeakMap<Tree, QuickTree | null>();

/** The quick form of a tree, made once; null for a tree with categories or zero as missing. */
export function quickTree(tree: Tree): QuickTree | null {
  const found = known.get(tree);
  if (found !== undefined) return found;
  const quick = tree.decisionType.every(isPlain) ? layOut(tree) : null;
  known.set(tree, quick);
  return quick;
}

function isPlain(type: number): boolean {
  return (type & CATEGORICAL) === 0 && ((type >> MISSING_SHIFT) & 3) !== Missing.zero;
}

function layOut(tree: Tree): QuickTree {
  const inner = tree.leaves - 1;
  const nodes = inner + tree.leaves;
  const quick: QuickTree = {
    inner,
    feature: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    children: Int32Array.from({ length: 2 * nodes }, (_, place) => place >> 1),
    missingChild: new Int32Array(inner),
  };
  const place = (child: number) => (child >= 0 ? child : inner + ~child);
  for (let node = 0; node < inner; node++) {
    const [left, right] = [place(tree.leftChild[node]!), place(tree.rightChild[node]!)];
    quick.feature[node] = tree.splitFeature[node]!;
    quick.threshold[node] = tree.threshold[node]!;
    quick.children[2 * node] = right;
    quick.children[2 * node + 1] = left;
    quick.missingChild[node] = missingGoesLeft(tree, node) ? left : right;
  }
  return quick;
}

/** Where training saw nothing missing, a missing value counts as 0. */
function missingGoesLeft({ decisionType, threshold }: Tree, node: number): boolean {
  const type = decisionType[node]!;
  return (type >> MISSING_SHIFT) & 3 ? (type & DEFAULT_LEFT) !== 0 : threshold[node]! >= 0;
}
