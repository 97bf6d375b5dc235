import { normalTail } from '../special/tails.js';
import { ranksOf } from './ranks.js';

/** The exact distribution is taken where one sample has at most so many values and none are equal. */
const exactUpTo = 8;

/**
 * The Mann-Whitney U test, as `scipy.stats.mannwhitneyu`: exact for a small sample without ties, else normal with
 * corrections for ties and continuity. `alternative`: `less` asks whether the reference lies lower. Samples sorted, not
 * empty. The statistic is the reference's U.
 */
export function mannWhitney(
  reference: Float64Array,
  current: Float64Array,
  alternative: 'two-sided' | 'less' = 'two-sided',
): { statistic: number; p: number } {
  const [n, m] = [reference.length, current.length];
  const { sum, ties } = ranksOf(reference, current);
  const mine = sum - (n * (n + 1)) / 2;
  const theirs = n * m - mine;
  const u = alternative === 'less' ? theirs : Math.max(mine, theirs);
  const exact = Math.min(n, m) <= exactUpTo && ties === 0;
  const tail = exact ? exactTail(u, n, m) : normalTail(normalScore(u, n, m, ties));
  return { statistic: mine, p: Math.min(1, alternative === 'less' ? tail : 2 * tail) };
}

function normalScore(u: number, n: number, m: number, ties: number): number {
  const all = n + m;
  const spread = Math.sqrt(((n * m) / 12) * (all + 1 - ties / (all * (all - 1))));
  // Where all values are equal nothing is surprising.
  return spread === 0 ? -Infinity : (u - (n * m) / 2 - 0.5) / spread;
}

/** P(U >= u): the share of the ways to mix both samples. Counts are even about nm/2, so the lower end is summed. */
function exactTail(u: number, n: number, m: number): number {
  const [small, large] = n < m ? [n, m] : [m, n];
  const most = n * m - Math.ceil(u);
  if (most < 0) return 0;
  if (most >= n * m) return 1;
  const low = waysUpTo(Math.min(most, n * m - most - 1), small, large);
  return most < n * m - most - 1 ? low : most === n * m - most - 1 ? low : 1 - low;
}

/** The share of mixtures whose U is at most `most`: coefficients of the Gaussian binomial, over their sum. */
function waysUpTo(most: number, small: number, large: number): number {
  const ways = new Float64Array(most + 1);
  ways[0] = 1;
  let all = 1;
  for (let i = 1; i <= small; i += 1) {
    for (let k = most; k >= large + i; k -= 1) ways[k]! -= ways[k - large - i]!;
    for (let k = i; k <= most; k += 1) ways[k]! += ways[k - i]!;
    all *= (large + i) / i;
  }
  return ways.reduce((sum, count) => sum + count, 0) / all;
}
