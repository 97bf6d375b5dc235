const Z_95 = 1.959963984540054;

/**
 * Wilson score interval of a rate (Wilson 1927): the range in which the true rate lies with 95 % confidence.
 * Null when nothing was counted.
 */
export function wilsonInterval(successes: number, n: number, z = Z_95): { low: number; high: number } | null {
  if (!(n > 0)) return null;
  const rate = successes / n;
  const square = z * z;
  const centre = (rate + square / (2 * n)) / (1 + square / n);
  const half = (z / (1 + square / n)) * Math.sqrt((rate * (1 - rate)) / n + square / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
