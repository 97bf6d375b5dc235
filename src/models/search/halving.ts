/** One rung of successive halving: how many trials are on it, and the share of the full resource that each gets. */
export interface Rung {
  trials: number;
  share: number;
}

/**
 * The rungs of successive halving (Jamieson and Talwalkar 2016, arXiv:1502.07943): `trials` begin with a small share of
 * the resource, the best 1/eta of each rung go on with eta times as much, the last rung has all of it. At most `most`
 * rungs, and no more than leave a trial for the last one.
 */
export function rungsOf(trials: number, eta: number, most: number): Rung[] {
  const rungs = Math.max(1, Math.min(most, Math.floor(Math.log(trials) / Math.log(eta) + 1e-9) + 1));
  return Array.from({ length: rungs }, (_, rung) => ({
    trials: Math.max(1, Math.floor(trials / eta ** rung)),
    share: 1 / eta ** (rungs - 1 - rung),
  }));
}

/** What a trial scored; null where it has no score. */
export interface Scored {
  id: number;
  score: number | null;
}

/** Best first: trials without a score last, equals in the order of their ids. */
export function ranked<Trial extends Scored>(trials: readonly Trial[], better: 'higher' | 'lower'): Trial[] {
  const worth = ({ score }: Trial) => (score === null ? -Infinity : better === 'higher' ? score : -score);
  return [...trials].sort((one, other) => {
    const [left, right] = [worth(one), worth(other)];
    return left === right ? one.id - other.id : right - left;
  });
}
