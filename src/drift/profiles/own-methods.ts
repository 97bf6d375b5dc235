import { andersonDarling } from '../methods/anderson-darling.js';
import { chiSquareContingency, gContingency } from '../methods/chi-square.js';
import { cramerVonMises } from '../methods/cramer-von-mises.js';
import { decileShares, flooredPsi } from '../methods/decile-psi.js';
import { hellinger, jensenShannon, kullbackLeibler, largestDifference } from '../methods/divergences.js';
import { energyDistance } from '../methods/energy-distance.js';
import { fisherExact } from '../methods/fisher-exact.js';
import { ksTest } from '../methods/kolmogorov-smirnov.js';
import { leveneTest } from '../methods/levene.js';
import { mannWhitney } from '../methods/mann-whitney.js';
import { cohensD, momentsOf, welchTest } from '../methods/moments.js';
import { distinctOf } from '../methods/samples.js';
import { totalVariation } from '../methods/total-variation.js';
import { wassersteinNormed } from '../methods/wasserstein.js';
import { nullPct, zOfBatchMean, zOfMean } from '../mean-shift.js';
import { categoriesOf, type NumericSample, presentIn, type Sample, sharesOfCounts } from '../sample.js';

/** Up to so many distinct values of the reference each is a bin, above it its deciles are. */
const fewValues = 20;
/** No share counts as less in an index of stability. */
const leastShare = 1e-4;

type Figure = number | null;

export interface OwnMethod {
  answers: 'p' | 'distance';
  threshold: number;
  /** How the figure at its very threshold counts. */
  inclusive: boolean;
  numeric?: (reference: NumericSample, current: NumericSample) => Figure;
  category?: (reference: Sample, current: Sample) => Figure;
}

type Computes = Pick<OwnMethod, 'numeric' | 'category'>;
const test = (of: Computes): OwnMethod => ({ answers: 'p', threshold: 0.05, inclusive: false, ...of });
const distance = (of: Computes, threshold = 0.1): OwnMethod => ({
  answers: 'distance',
  threshold,
  inclusive: true,
  ...of,
});
const shift = (threshold: number, numeric: OwnMethod['numeric']): OwnMethod => ({
  answers: 'distance',
  threshold,
  inclusive: false,
  numeric,
});
const ofShares = (of: (p: number[], q: number[]) => number): OwnMethod => {
  const compute = (reference: Sample, current: Sample) => of(...sharesOf(reference, current));
  return distance({ numeric: compute, category: compute });
};
const floored = (shares: number[]) => shares.map((share) => Math.max(leastShare, share));

/** The methods of the `default` profile by name; each answers alone when it is asked for. */
export const ownMethods: Record<string, OwnMethod> = {
  ks: test({ numeric: (reference, current) => ksTest(reference.values, current.values).p }),
  mann_whitney: test({ numeric: (reference, current) => mannWhitney(reference.values, current.values).p }),
  t_test: test({ numeric: (reference, current) => welchTest(moments(reference), moments(current))?.p ?? null }),
  levene: test({ numeric: (reference, current) => leveneTest(reference.values, current.values)?.p ?? null }),
  cramer_von_mises: test({
    numeric: (reference, current) => cramerVonMises(reference.values, current.values)?.p ?? null,
  }),
  anderson_darling: test({
    numeric: (reference, current) => andersonDarling(reference.values, current.values)?.p ?? null,
  }),
  chi_square: test({ category: (reference, current) => contingency(chiSquareContingency, reference, current) }),
  g_test: test({ category: (reference, current) => contingency(gContingency, reference, current) }),
  fisher_exact: test({ category: fisher }),
  psi: ofShares((p, q) => flooredPsi(p, q, leastShare)),
  jensen_shannon: ofShares((p, q) => jensenShannon(p, q, 2)),
  kl_divergence: ofShares((p, q) => kullbackLeibler(floored(p), floored(q))),
  hellinger: ofShares(hellinger),
  total_variation: ofShares(totalVariation),
  l_infinity: ofShares(largestDifference),
  wasserstein: distance({ numeric: (reference, current) => wassersteinNormed(reference.values, current.values) }),
  energy: distance({ numeric: (reference, current) => energyDistance(reference.values, current.values) }),
  mean_z: shift(2, (reference, current) => {
    const [before, after] = [moments(reference), moments(current)];
    return zOfMean(after.mean, before.mean, Math.sqrt(before.variance)).value;
  }),
  batch_mean_z: shift(2, (reference, current) => {
    const [before, after] = [moments(reference), moments(current)];
    return zOfBatchMean(after.mean, before.mean, Math.sqrt(before.variance), after.n).value;
  }),
  std_z: shift(2, (reference, current) => {
    const [before, after] = [moments(reference), moments(current)].map(({ variance }) => Math.sqrt(variance));
    return before! > 0 ? Math.abs(after! - before!) / before! : null;
  }),
  cohens_d: distance({ numeric: (reference, current) => cohensD(moments(reference), moments(current)) }, 0.5),
  null_rate: {
    answers: 'distance',
    threshold: 5,
    inclusive: false,
    numeric: (_, current) => missingPct(current),
    category: (_, current) => missingPct(current),
  },
};

/**
 * Shares of two samples in the same bins: by category, by value where the reference has at most 20 distinct numbers, else
 * between the reference's deciles.
 */
export function sharesOf(reference: Sample, current: Sample): [number[], number[]] {
  const numbers = reference.kind === 'numeric' && current.kind === 'numeric';
  if (numbers && distinctOf(reference.values, fewValues) === undefined)
    return decileShares(reference.values, current.values);
  const { before, after } = categoriesOf(reference, current);
  return [sharesOfCounts(before), sharesOfCounts(after)];
}

function moments({ values }: NumericSample) {
  return momentsOf(values);
}

/** Both samples come from one population, which neither is taken to know exactly. */
function contingency(of: typeof chiSquareContingency, reference: Sample, current: Sample): Figure {
  const { before, after } = categoriesOf(reference, current);
  // One category alone cannot have moved.
  return of(before, after)?.p ?? 1;
}

function fisher(reference: Sample, current: Sample): Figure {
  const { keys, before, after } = categoriesOf(reference, current);
  if (keys.length > 2) return null;
  return fisherExact(before[0]!, before[1] ?? 0, after[0]!, after[1] ?? 0);
}

function missingPct(sample: Sample): Figure {
  const infinite = sample.kind === 'numeric' ? sample.infinite : 0;
  return nullPct(sample.missing, presentIn(sample) + sample.missing + infinite).value;
}
