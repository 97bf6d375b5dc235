/** Probabilities that differ by so little are the same but for rounding. */
const rounding = 1 + 1e-12;

/**
 * Fisher's exact test of a 2 × 2 table, two-sided: the share of all tables with the same margins that are no likelier.
 * As `scipy.stats.fisher_exact`. 1 where a margin is empty.
 */
export function fisherExact(a: number, b: number, c: number, d: number): number {
  const [row, column, all] = [a + b, a + c, a + b + c + d];
  const [low, high] = [Math.max(0, row + column - all), Math.min(row, column)];
  // Each table's probability over that of the one at hand, by the ratio of neighbours.
  const up = (k: number) => ((row - k) * (column - k)) / ((k + 1) * (all - row - column + k + 1));
  let [seldom, total] = [1, 1];
  const add = (ratio: number) => {
    total += ratio;
    if (ratio <= rounding) seldom += ratio;
  };
  for (let k = a, ratio = 1; k < high; k += 1) add((ratio *= up(k)));
  for (let k = a, ratio = 1; k > low; k -= 1) add((ratio /= up(k - 1)));
  return Math.min(1, seldom / total);
}
