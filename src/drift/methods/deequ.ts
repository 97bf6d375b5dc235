import { chiSquareTail } from '../special/tails.js';

/** Deequ's c(α) for α = 0.003, unless another α is asked for. */
const usual = 1.8;

/**
 * The L∞ distance less what two samples of these sizes differ by anyway: max(0, distance − c(α) √((n + m) / nm)), with
 * c(α) = √(−ln(α/2) / 2). Source: Deequ's `linf_robust`.
 */
export function robustDistance(simple: number, n: number, m: number, alpha?: number): number {
  const c = alpha === undefined ? usual : Math.sqrt(-Math.log(alpha / 2) / 2);
  return Math.max(0, simple - c * Math.sqrt((n + m) / (n * m)));
}

/**
 * Deequ's chi-square test of counts: those expected are scaled to the sum of the counts in known categories, and the
 * rarest are put together until at most 20 % of the expected counts are below 5 (with two: both at least 10). Returns p;
 * null where fewer than two categories are left.
 */
export function deequChiSquare(reference: readonly number[], current: readonly number[]): number | null {
  const known = reference.map((_, at) => at).filter((at) => reference[at]! > 0);
  const sum = (counts: readonly number[]) => known.reduce((total, at) => total + counts[at]!, 0);
  const scale = sum(current) / sum(reference);
  let pairs = known.map((at) => ({ expected: reference[at]! * scale, observed: current[at]! }));
  while (pairs.length >= 2 && !largeEnough(pairs)) pairs = withRarestMerged(pairs);
  if (pairs.length < 2) return null;
  const statistic = pairs.reduce((total, { expected, observed }) => total + (observed - expected) ** 2 / expected, 0);
  return chiSquareTail(statistic, pairs.length - 1);
}

interface Pair {
  expected: number;
  observed: number;
}

function largeEnough(pairs: readonly Pair[]): boolean {
  if (pairs.length === 2) return pairs.every(({ expected }) => expected >= 10);
  return pairs.filter(({ expected }) => expected < 5).length <= 0.2 * pairs.length;
}

function withRarestMerged(pairs: readonly Pair[]): Pair[] {
  const [first, second, ...rest] = [...pairs].sort((a, b) => a.expected - b.expected);
  return [{ expected: first!.expected + second!.expected, observed: first!.observed + second!.observed }, ...rest];
}
