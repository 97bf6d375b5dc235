import { mersenneTwister, shuffle } from '../../common/mersenne-twister.js';

type Random = () => number;

/**
 * Splits of rows with labels 0 and 1 into training and test rows, in which both keep their shares: scikit-learn's
 * `StratifiedShuffleSplit`, draw by draw, so that what hangs on its splits comes out the same.
 * @param seed as NumPy's `RandomState` takes it
 */
export function stratifiedSplits(
  labels: ArrayLike<number>,
  { splits, testShare, seed }: { splits: number; testShare: number; seed: number },
): { train: Int32Array; test: Int32Array }[] {
  const rows: number[][] = [[], []];
  for (let row = 0; row < labels.length; row++) rows[labels[row]!]!.push(row);
  const counts = rows.map(({ length }) => length);
  const testRows = Math.ceil(testShare * labels.length);
  const next = mersenneTwister(seed);
  return Array.from({ length: splits }, () => {
    const train = shareOut(counts, labels.length - testRows, next);
    const left = counts.map((count, at) => count - train[at]!);
    const test = shareOut(left, testRows, next);
    const picked = { train: [] as number[], test: [] as number[] };
    rows.forEach((of, at) => {
      const drawn = Array.from(permutation(of.length, next), (place) => of[place]!);
      picked.train.push(...drawn.slice(0, train[at]));
      picked.test.push(...drawn.slice(train[at], train[at]! + test[at]!));
    });
    return { train: shuffled(picked.train, next), test: shuffled(picked.test, next) };
  });
}

/** How many of `draws` fall to each class, by its share; what rounding leaves over goes to the largest remainders, ties by lot. */
function shareOut(counts: readonly number[], draws: number, next: Random): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const exact = counts.map((count) => (count / total) * draws);
  const shares = exact.map(Math.floor);
  const remainders = exact.map((value, at) => value - shares[at]!);
  let left = Math.trunc(draws - shares.reduce((sum, share) => sum + share, 0));
  for (const value of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (left <= 0) break;
    const tied = remainders.flatMap((remainder, at) => (remainder === value ? [at] : []));
    const taken = permutation(tied.length, next).slice(0, Math.min(tied.length, left));
    for (const place of taken) shares[tied[place]!]! += 1;
    left -= taken.length;
  }
  return shares;
}

function permutation(length: number, next: Random): Int32Array {
  return shuffled(
    Array.from({ length }, (_, at) => at),
    next,
  );
}

function shuffled(values: readonly number[], next: Random): Int32Array {
  const copy = Int32Array.from(values);
  shuffle(copy, next);
  return copy;
}
