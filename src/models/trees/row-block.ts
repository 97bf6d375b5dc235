import { findLeaf } from './find-leaves.js';
import { type QuickTree, quickTree } from './quick-tree.js';
import type { Tree } from './tree.js';

/** So many rows are taken through all trees at once: their values then stay in the processor's cache. */
const BLOCK = 256;

/** Rows whose values lie side by side, as trees want them. */
export interface RowBlock {
  from: number;
  to: number;
  /** Writes into `leaves[row - from]` the leaf that each row reaches. */
  findLeaves: (tree: Tree, leaves: Int32Array) => void;
}

/** Cuts a table into blocks of rows. @param features places of the columns that the trees use */
export function* rowBlocks(columns: Float64Array[], features: number[], rows: number): Generator<RowBlock> {
  const width = columns.length;
  const packed = new Float64Array(Math.min(BLOCK, rows) * width);
  for (let from = 0; from < rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, rows);
    const missing = pack(columns, features, from, to, packed);
    const findLeaves = (tree: Tree, leaves: Int32Array) => {
      const quick = quickTree(tree);
      if (tree.leaves === 1) leaves.fill(0, 0, to - from);
      else if (!quick) for (let row = from; row < to; row++) leaves[row - from] = findLeaf(tree, columns, row);
      else if (missing) walkWithMissing(quick, packed, width, 0, to - from, leaves);
      else walk(quick, packed, width, to - from, leaves);
    };
    yield { from, to, findLeaves };
  }
}

/** Copies the block's values row by row; returns whether any is missing. */
function pack(columns: Float64Array[], features: number[], from: number, to: number, packed: Float64Array): boolean {
  let missing = false;
  const width = columns.length;
  for (const feature of features) {
    const column = columns[feature]!;
    for (let row = from, place = feature; row < to; row++, place += width) {
      const value = column[row]!;
      packed[place] = value;
      if (Number.isNaN(value)) missing = true;
    }
  }
  return missing;
}

/** Four rows walk in step: each waits for memory and comparisons of its own, so that together they take little longer. */
function walk(quick: QuickTree, packed: Float64Array, width: number, rows: number, leaves: Int32Array): void {
  const { inner, feature, threshold, children } = quick;
  const whole = rows - (rows % 4);
  for (let row = 0; row < whole; row += 4) {
    const base = row * width;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    do {
      // A comparison is an index rather than a branch, which would be guessed wrong too often.
      a = children[2 * a + Number(packed[base + feature[a]!]! <= threshold[a]!)]!;
      b = children[2 * b + Number(packed[base + width + feature[b]!]! <= threshold[b]!)]!;
      c = children[2 * c + Number(packed[base + 2 * width + feature[c]!]! <= threshold[c]!)]!;
      d = children[2 * d + Number(packed[base + 3 * width + feature[d]!]! <= threshold[d]!)]!;
    } while (a < inner || b < inner || c < inner || d < inner);
    leaves[row] = a - inner;
    leaves[row + 1] = b - inner;
    leaves[row + 2] = c - inner;
    leaves[row + 3] = d - inner;
  }
  walkWithMissing(quick, packed, width, whole, rows, leaves);
}

function walkWithMissing(
  { inner, feature, threshold, children, missingChild }: QuickTree,
  packed: Float64Array,
  width: number,
  from: number,
  to: number,
  leaves: Int32Array,
): void {
  for (let row = from; row < to; row++) {
    const base = row * width;
    let node = 0;
    while (node < inner) {
      const value = packed[base + feature[node]!]!;
      node = Number.isNaN(value) ? missingChild[node]! : children[2 * node + Number(value <= threshold[node]!)]!;
    }
    leaves[row] = node - inner;
  }
}
