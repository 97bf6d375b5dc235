/** Values this near to each other are one value to scikit-learn's trees. */
const SAME_VALUE = 1e-7;

/** What a node of a forest's tree is made of: its rows in the order of one feature, and their targets. */
export interface NodeRows {
  /** Rows from `begin` to `end` of this feature's order. */
  order: Int32Array;
  begin: number;
  end: number;
  column: Float64Array;
}

/** Targets, one array an output (one for values and 0/1, one a class for more classes), and the rows' weights. */
export interface Targets {
  outputs: Float64Array[];
  weight: Float64Array;
}

export interface ExactSplit {
  /** Sum over sides and outputs of (weighted sum)² / weight: the larger, the purer. */
  score: number;
  threshold: number;
  missingLeft: boolean;
  /** Rows on the left. */
  left: number;
}

/**
 * The best threshold of one feature: every midpoint between neighbouring values, with missing values on either side
 * (scikit-learn's best splitter). Squared error for values, Gini for classes: both maximise the same score.
 * @param sums weighted sum of each output over the node, `total` its weight
 */
export function bestSplit(
  node: NodeRows,
  targets: Targets,
  sums: Float64Array,
  total: number,
  minLeaf: number,
): ExactSplit | null {
  const { order, begin, column } = node;
  let { end } = node;
  while (end > begin && Number.isNaN(column[order[end - 1]!]!)) end--;
  const missing = node.end - end;
  if (end === begin || (missing === 0 && !(column[order[end - 1]!]! > column[order[begin]!]! + SAME_VALUE)))
    return null;
  const right = scan(node, end, targets, sums, total, minLeaf, false);
  // Where training saw nothing missing, a missing value later takes the side of most rows.
  if (missing === 0) return right && { ...right, missingLeft: right.left > node.end - begin - right.left };
  const left = scan(node, end, targets, sums, total, minLeaf, true);
  if (left && (!right || left.score > right.score)) return left;
  return right;
}

/** One pass over the thresholds, missing rows all on one side; on the right they may also be a side of their own. */
function scan(
  { order, begin, end: last, column }: NodeRows,
  end: number,
  targets: Targets,
  sums: Float64Array,
  total: number,
  minLeaf: number,
  missingLeft: boolean,
): ExactSplit | null {
  const { outputs, weight: weights } = targets;
  const left = new Float64Array(sums.length);
  let weight = 0;
  const missing = last - end;
  if (missingLeft) for (let i = end; i < last; i++) weight += addRow(order[i]!, targets, left);
  let best: ExactSplit | null = null;
  const stop = missingLeft || missing === 0 ? end - 1 : end;
  for (let i = begin; i < stop; i++) {
    // As addRow does it; a call for every row would take longer than the sum.
    const row = order[i]!;
    const own = weights[row]!;
    weight += own;
    for (let k = 0; k < left.length; k++) left[k]! += own * outputs[k]![row]!;
    const value = column[row]!;
    const next = i + 1 < end ? column[order[i + 1]!]! : Infinity;
    if (!(next > value + SAME_VALUE)) continue;
    const count = i + 1 - begin + (missingLeft ? missing : 0);
    if (count < minLeaf || last - begin - count < minLeaf) continue;
    const score = purity(left, sums, weight, total);
    if (!(score > (best?.score ?? -Infinity))) continue;
    best = { score, threshold: between(value, next), missingLeft, left: count };
  }
  return best;
}

/** Adds a row's targets to the sums; returns its weight. */
function addRow(row: number, { outputs, weight }: Targets, sums: Float64Array): number {
  const own = weight[row]!;
  for (let k = 0; k < sums.length; k++) sums[k]! += own * outputs[k]![row]!;
  return own;
}

function purity(left: Float64Array, sums: Float64Array, weight: number, total: number): number {
  let score = 0;
  for (let k = 0; k < left.length; k++) score += left[k]! ** 2 / weight + (sums[k]! - left[k]!) ** 2 / (total - weight);
  return score;
}

function between(value: number, next: number): number {
  const middle = value / 2 + next / 2;
  return middle === next || !Number.isFinite(middle) ? (next === Infinity ? Infinity : value) : middle;
}
