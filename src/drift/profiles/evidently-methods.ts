import { andersonDarling } from '../methods/anderson-darling.js';
import { sturgesEdges, countsIn } from '../methods/binning.js';
import { chiSquareFit, gTest } from '../methods/chi-square.js';
import { cramerVonMises } from '../methods/cramer-von-mises.js';
import {
  hellinger,
  jensenShannon,
  kullbackLeibler,
  populationStabilityIndex,
  withoutZeros,
} from '../methods/divergences.js';
import { energyDistance } from '../methods/energy-distance.js';
import { fisherExact } from '../methods/fisher-exact.js';
import { ksTest } from '../methods/kolmogorov-smirnov.js';
import { mannWhitney } from '../methods/mann-whitney.js';
import { momentsOf, studentTest } from '../methods/moments.js';
import { proportionsTest } from '../methods/proportions.js';
import { distinctCount, distinctOf } from '../methods/samples.js';
import { permutedTotalVariation } from '../methods/total-variation.js';
import { wassersteinNormed } from '../methods/wasserstein.js';
import { categoriesOf, type NumericSample, type Sample, sharesOfCounts } from '../sample.js';

/** Above so many distinct values of the reference numbers are binned, otherwise each value is a bin. */
const manyValues = 20;

type Figure = number | null;

interface Method {
  threshold: number;
  /** A test answers with p, a distance with how far. */
  answers: 'p' | 'distance';
  /** How a figure at its threshold counts. */
  drifted: (figure: number, threshold: number) => boolean;
  numeric?: (reference: NumericSample, current: NumericSample) => Figure;
  /** Samples of one kind, their values taken as categories. */
  category?: (reference: Sample, current: Sample) => Figure;
}

const below = (p: number, threshold: number) => p < threshold;
const test = (threshold: number, of: Pick<Method, 'numeric' | 'category'>): Method => ({
  threshold,
  answers: 'p',
  drifted: below,
  ...of,
});
const distance = (of: Pick<Method, 'numeric' | 'category'>): Method => ({
  threshold: 0.1,
  answers: 'distance',
  drifted: (value, threshold) => value >= threshold,
  ...of,
});
/** A distance of shares: in the same bins for numbers, by category else. */
const distanceOfShares = (of: (p: number[], q: number[]) => number): Method =>
  distance({
    numeric: (reference, current) => of(...numericShares(reference, current)),
    category: (reference, current) => of(...categoryShares(reference, current)),
  });

/** Evidently's drift methods (0.7) by its names for them, with its thresholds and its reading of the very threshold. */
export const evidentlyMethods: Record<string, Method> = {
  ks: {
    ...test(0.05, { numeric: (reference, current) => ksTest(reference.values, current.values).p }),
    drifted: (p, threshold) => p <= threshold,
  },
  cramer_von_mises: {
    ...test(0.1, { numeric: (reference, current) => cramerVonMises(reference.values, current.values)?.p ?? null }),
    drifted: (p, threshold) => p <= threshold,
  },
  anderson: test(0.1, {
    numeric: (reference, current) => andersonDarling(reference.values, current.values)?.p ?? null,
  }),
  t_test: test(0.05, {
    numeric: (reference, current) => studentTest(momentsOf(reference.values), momentsOf(current.values))?.p ?? null,
  }),
  // It asks whether the reference lies lower, and nothing of the other direction.
  mannw: test(0.05, { numeric: (reference, current) => mannWhitney(reference.values, current.values, 'less').p }),
  z: test(0.05, { category: proportions }),
  chisquare: test(0.05, { category: (reference, current) => fit(chiSquareFit, reference, current) }),
  g_test: test(0.1, { category: (reference, current) => fit(gTest, reference, current) }),
  fisher_exact: test(0.1, { category: fisher }),
  TVD: test(0.1, { category: permuted }),
  wasserstein: distance({ numeric: (reference, current) => wassersteinNormed(reference.values, current.values) }),
  ed: {
    ...distance({ numeric: (reference, current) => energyDistance(reference.values, current.values) }),
    drifted: (value, threshold) => value > threshold,
  },
  jensenshannon: distanceOfShares((p, q) => jensenShannon(p, q)),
  psi: distanceOfShares((p, q) => populationStabilityIndex(withoutZeros(p), withoutZeros(q))),
  kl_div: distanceOfShares((p, q) => kullbackLeibler(withoutZeros(p), withoutZeros(q))),
  hellinger: distance({
    numeric: hellingerOfNumbers,
    category: (reference, current) => hellinger(...categoryShares(reference, current)),
  }),
};

/**
 * Shares of two samples in the same bins: Sturges' over both together, or one a value where the reference has at most 20
 * distinct ones. What Evidently's PSI, Kullback-Leibler and Jensen-Shannon are computed from.
 */
export function numericShares(reference: NumericSample, current: NumericSample): [number[], number[]] {
  if (distinctOf(reference.values, manyValues) !== undefined) return categoryShares(reference, current);
  return binnedShares(reference, current, reference.values.length + current.values.length);
}

function categoryShares(reference: Sample, current: Sample): [number[], number[]] {
  const { before, after } = categoriesOf(reference, current);
  return [sharesOfCounts(before), sharesOfCounts(after)];
}

/** Sturges' bins as for `n` values. */
function binnedShares(reference: NumericSample, current: NumericSample, n: number): [number[], number[]] {
  return sharesIn(edgesOf(reference, current, n), reference, current);
}

function edgesOf(reference: NumericSample, current: NumericSample, n: number): number[] {
  const low = Math.min(reference.values[0]!, current.values[0]!);
  const high = Math.max(reference.values.at(-1)!, current.values.at(-1)!);
  return sturgesEdges(low, high, n, reference.integer && current.integer);
}

function sharesIn(edges: number[], reference: NumericSample, current: NumericSample): [number[], number[]] {
  const share = ({ values }: NumericSample) => countsIn(edges, values).map((count) => count / values.length);
  return [share(reference), share(current)];
}

/**
 * Its bins are those of the distinct values, and it goes by densities: each over its bin's own width, together times the
 * mean width, which differ by the rounding of large numbers.
 */
function hellingerOfNumbers(reference: NumericSample, current: NumericSample): number {
  const edges = edgesOf(reference, current, distinctCount(reference.values, current.values));
  const [p, q] = sharesIn(edges, reference, current);
  const width = (edges.at(-1)! - edges[0]!) / p.length;
  const overlap = p.reduce((sum, share, at) => {
    const own = edges[at + 1]! - edges[at]!;
    return sum + Math.sqrt(share / own) * Math.sqrt(q[at]! / own) * width;
  }, 0);
  return Math.sqrt(1 - Math.min(1, overlap));
}

/** Counts are expected in the reference's proportions: it is taken as exact. */
function fit(method: typeof chiSquareFit, reference: Sample, current: Sample): Figure {
  const { before, after } = categoriesOf(reference, current);
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
  const scale = sum(after) / sum(before);
  const expected = before.map((count) => count * scale);
  return method(after, expected)?.p ?? null;
}

/** The first of at most two values against the rest. */
function proportions(reference: Sample, current: Sample): Figure {
  const { before, after } = categoriesOf(reference, current);
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
  const [n, m] = [sum(before), sum(after)];
  return proportionsTest(n - before[0]!, n, m - after[0]!, m).p;
}

function fisher(reference: Sample, current: Sample): Figure {
  const { keys, before, after } = categoriesOf(reference, current);
  if (keys.length > 2) return null;
  return fisherExact(after[1] ?? 0, after[0]!, before[1] ?? 0, before[0]!);
}

function permuted(reference: Sample, current: Sample): Figure {
  const { keys, before, after } = categoriesOf(reference, current);
  const spread = (counts: number[]) =>
    Int32Array.from(counts.flatMap((count, at) => new Array<number>(count).fill(at)));
  return permutedTotalVariation(spread(before), spread(after), keys.length);
}
