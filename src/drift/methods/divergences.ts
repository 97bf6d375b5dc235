/** Distances of two discrete distributions, given as shares (or counts, where said) in the same bins. */
type Shares = readonly number[];

/** Σ (p − q) ln(p / q). Shares must be above 0; see `withoutZeros`. */
export function populationStabilityIndex(reference: Shares, current: Shares): number {
  return reference.reduce((sum, p, bin) => sum + (p - current[bin]!) * Math.log(p / current[bin]!), 0);
}

/** KL(reference ‖ current) in nats, after both are made to sum to 1, as `scipy.stats.entropy`. */
export function kullbackLeibler(reference: Shares, current: Shares): number {
  const [p, q] = [normed(reference), normed(current)];
  return p.reduce((sum, share, bin) => sum + relativeEntropy(share, q[bin]!), 0);
}

/**
 * The Jensen-Shannon distance (the root of the divergence) after both are made to sum to 1, as SciPy's `jensenshannon`.
 * At most √ln 2 in nats (base e), 1 with base 2. Zeros are welcome.
 */
export function jensenShannon(reference: Shares, current: Shares, base = Math.E): number {
  const [p, q] = [normed(reference), normed(current)];
  const sum = p.reduce((total, share, bin) => {
    const middle = (share + q[bin]!) / 2;
    return total + relativeEntropy(share, middle) + relativeEntropy(q[bin]!, middle);
  }, 0);
  return Math.sqrt(Math.max(0, sum / 2 / Math.log(base)));
}

/** ‖√p − √q‖ / √2, from 0 to 1. */
export function hellinger(reference: Shares, current: Shares): number {
  const squares = reference.map((p, bin) => (Math.sqrt(p) - Math.sqrt(current[bin]!)) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / 2);
}

/** The largest difference of two shares. */
export function largestDifference(reference: Shares, current: Shares): number {
  return reference.reduce((largest, p, bin) => Math.max(largest, Math.abs(p - current[bin]!)), 0);
}

/** Zeros become small: a millionth of the smallest share above 0 where that is at most 1e-4, else 1e-4 (Evidently's rule). */
export function withoutZeros(shares: Shares): number[] {
  const smallest = Math.min(...shares.filter((share) => share > 0));
  const small = smallest <= 1e-4 ? smallest / 1e6 : 1e-4;
  return shares.map((share) => (share === 0 ? small : share));
}

function relativeEntropy(p: number, q: number): number {
  if (p === 0) return 0;
  return q === 0 ? Infinity : p * Math.log(p / q);
}

function normed(shares: Shares): number[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}
