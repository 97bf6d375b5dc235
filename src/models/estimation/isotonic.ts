/** A function that never falls, straight between its knots and level beyond them. */
export interface Isotonic {
  x: number[];
  y: number[];
}

/** Scores closer than this are one: the resolution of a double, as scikit-learn has it. */
const same = 1e-15;

/**
 * Isotonic regression as scikit-learn's `IsotonicRegression(out_of_bounds="clip")` fits it: labels of equal scores are
 * averaged, neighbours that fall are pooled (Barlow et al. 1972), and only the ends of level stretches stay as knots.
 * @param scores any finite numbers; at least one
 */
export function fitIsotonic(scores: ArrayLike<number>, labels: ArrayLike<number>): Isotonic {
  const order = Uint32Array.from({ length: scores.length }, (_, row) => row).sort((a, b) => scores[a]! - scores[b]!);
  const x: number[] = [];
  const sums: number[] = [];
  const weights: number[] = [];
  for (const row of order) {
    const last = x.length - 1;
    if (last >= 0 && scores[row]! - x[last]! < same) {
      sums[last]! += labels[row]!;
      weights[last]! += 1;
    } else {
      x.push(scores[row]!);
      sums.push(labels[row]!);
      weights.push(1);
    }
  }
  const y = pooled(
    sums.map((sum, at) => sum / weights[at]!),
    weights,
  );
  const end = y.length - 1;
  const kept = x.map((_, at) => at === 0 || at === end || y[at] !== y[at - 1] || y[at] !== y[at + 1]);
  return { x: x.filter((_, at) => kept[at]), y: y.filter((_, at) => kept[at]) };
}

/** Pools neighbours that fall into their weighted mean until none does. */
function pooled(values: readonly number[], weights: readonly number[]): number[] {
  const blocks: { sum: number; weight: number; count: number }[] = [];
  values.forEach((value, at) => {
    let block = { sum: value * weights[at]!, weight: weights[at]!, count: 1 };
    for (let last = blocks.at(-1); last && last.sum / last.weight >= block.sum / block.weight; last = blocks.at(-1)) {
      block = { sum: last.sum + block.sum, weight: last.weight + block.weight, count: last.count + block.count };
      blocks.pop();
    }
    blocks.push(block);
  });
  return blocks.flatMap(({ sum, weight, count }) => new Array<number>(count).fill(sum / weight));
}

export function isotonicAt({ x, y }: Isotonic, score: number): number {
  const end = x.length - 1;
  if (score <= x[0]!) return y[0]!;
  if (score >= x[end]!) return y[end]!;
  let [low, high] = [0, end];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= score) low = middle;
    else high = middle;
  }
  return y[low]! + ((y[high]! - y[low]!) / (x[high]! - x[low]!)) * (score - x[low]!);
}
