import type { Tree } from '../trees/tree.js';
import { bestSplit, type ExactSplit, type Targets } from './best-split.js';
import { nodeList } from './tree-nodes.js';

/** Limits on one tree, in rows. */
export interface TreeLimits {
  maxDepth: number;
  minSplit: number;
  minLeaf: number;
  featuresPerSplit: number;
  minDecrease: number;
}

interface Open {
  begin: number;
  end: number;
  depth: number;
  parent: number;
  isLeft: boolean;
}

/**
 * Grows one tree on exact thresholds, depth first, each split on the best of `featuresPerSplit` features drawn anew.
 * @param orders each feature's rows in the order of its values; only rows with weight count. They are rearranged.
 * @returns one tree an output, all with the same splits
 */
export function growExactTree(
  columns: Float64Array[],
  orders: Int32Array[],
  targets: Targets,
  limits: TreeLimits,
  random: () => number,
): Tree[] {
  const rows = orders[0]!.length;
  const goesLeft = new Uint8Array(columns[0]!.length);
  const buffer = new Int32Array(rows);
  const nodes = nodeList();
  const features = Int32Array.from({ length: columns.length }, (_, feature) => feature);
  const treeWeight = sumOf(orders[0]!, 0, rows, targets).total;
  const open: Open[] = [{ begin: 0, end: rows, depth: 0, parent: -1, isLeft: false }];
  for (let node = open.pop(); node; node = open.pop()) grow(node);
  return nodes.trees(targets.outputs.length);

  function grow({ begin, end, depth, parent, isLeft }: Open): void {
    const { sums, total } = sumOf(orders[0]!, begin, end, targets);
    const facts = { values: Array.from(sums, (sum) => sum / total), weight: total, count: end - begin };
    const before = sums.reduce((score, sum) => score + sum ** 2 / total, 0);
    const tooSmall = end - begin < limits.minSplit || end - begin < 2 * limits.minLeaf;
    const found =
      tooSmall || depth >= limits.maxDepth || isPure(begin, end)
        ? null
        : search(begin, end, sums, total, limits.minLeaf);
    const decrease = found ? found.split.score - before : 0;
    if (!found || !(decrease / treeWeight + Number.EPSILON >= limits.minDecrease)) {
      nodes.addLeaf(facts, parent, isLeft);
      return;
    }
    const { feature, split } = found;
    const node = nodes.addInner({ ...facts, feature, ...split, gain: Math.max(decrease, 1e-30) }, parent, isLeft);
    divide(feature, split, begin, end);
    const middle = begin + split.left;
    open.push({ begin: middle, end, depth: depth + 1, parent: node, isLeft: false });
    open.push({ begin, end: middle, depth: depth + 1, parent: node, isLeft: true });
  }

  function isPure(begin: number, end: number): boolean {
    const first = orders[0]![begin]!;
    return targets.outputs.every((output) => {
      for (let i = begin + 1; i < end; i++) if (output[orders[0]![i]!] !== output[first]) return false;
      return true;
    });
  }

  /** Looks at features in random order; constant ones count as looked at, but one that varies is always looked at. */
  function search(begin: number, end: number, sums: Float64Array, total: number, minLeaf: number) {
    let best: { feature: number; split: ExactSplit } | null = null;
    let varying = 0;
    for (let drawn = 0; drawn < features.length; drawn++) {
      if (drawn >= limits.featuresPerSplit && varying > 0) break;
      const other = drawn + Math.floor(random() * (features.length - drawn));
      const feature = features[other]!;
      features[other] = features[drawn]!;
      features[drawn] = feature;
      const node = { order: orders[feature]!, begin, end, column: columns[feature]! };
      if (isConstant(node.column, node.order, begin, end)) continue;
      varying++;
      const split = bestSplit(node, targets, sums, total, minLeaf);
      if (split && split.score > (best?.split.score ?? -Infinity)) best = { feature, split };
    }
    return best;
  }

  /** Splits the node's range in every feature's order, both sides keeping their order. */
  function divide(feature: number, { threshold, missingLeft }: ExactSplit, begin: number, end: number): void {
    const column = columns[feature]!;
    for (let i = begin; i < end; i++) {
      const row = orders[0]![i]!;
      const value = column[row]!;
      goesLeft[row] = Number(Number.isNaN(value) ? missingLeft : value <= threshold);
    }
    for (const order of orders) {
      let left = begin;
      let right = 0;
      // Written to both sides, but only one side moves on: a branch here would be guessed wrong half of the time.
      for (let i = begin; i < end; i++) {
        const row = order[i]!;
        const isLeft = goesLeft[row]!;
        order[left] = row;
        buffer[right] = row;
        left += isLeft;
        right += 1 - isLeft;
      }
      order.set(buffer.subarray(0, right), left);
    }
  }
}

function isConstant(column: Float64Array, order: Int32Array, begin: number, end: number): boolean {
  const first = column[order[begin]!]!;
  const last = column[order[end - 1]!]!;
  return Number.isNaN(first) || first === last;
}

function sumOf(order: Int32Array, begin: number, end: number, { outputs, weight }: Targets) {
  const sums = new Float64Array(outputs.length);
  let total = 0;
  for (let i = begin; i < end; i++) {
    const row = order[i]!;
    total += weight[row]!;
    for (let k = 0; k < sums.length; k++) sums[k]! += weight[row]! * outputs[k]![row]!;
  }
  return { sums, total };
}
