import type { ProfiledColumn } from '../../documents/tables/table-profile.js';
import { momentsOf } from '../methods/moments.js';
import { distinctCount } from '../methods/samples.js';
import { presentIn, type CategorySample, type NumericSample } from '../sample.js';
import { histogramOf, quantile } from '../statistics.js';

const shares = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
const mostTop = 10;

type Named = Pick<ProfiledColumn, 'column' | 'type' | 'order'>;

/** Figures of a column of numbers over the finite ones; infinite ones are told apart. */
export function profiledNumbers(named: Named, sample: NumericSample): ProfiledColumn {
  const { values, infinite } = sample;
  const distinct = distinctCount(values, values);
  const { mean, variance } = momentsOf(values);
  const none = values.length === 0;
  return {
    ...named,
    ...presence(sample, values.length, infinite),
    distinct,
    unique: none ? null : distinct === values.length,
    mean: none ? null : mean,
    std: values.length < 2 ? null : Math.sqrt(variance),
    min: values[0] ?? null,
    max: values.at(-1) ?? null,
    quantiles: none ? {} : Object.fromEntries(shares.map((share) => [String(share), quantile(values, share)])),
    histogram: histogramOf(values),
    reasons: {
      ...(none ? { mean: 'there are no values' } : {}),
      ...(values.length === 1 ? { std: 'one value has no spread' } : {}),
      ...(infinite > 0 ? { count: `${infinite} infinite values are left out of all figures` } : {}),
    },
  };
}

/** Figures of a column of categories. */
export function profiledCategories(named: Named, sample: CategorySample): ProfiledColumn {
  const count = presentIn(sample);
  const ranked = [...sample.counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return {
    ...named,
    ...presence(sample, count, 0),
    distinct: sample.counts.size,
    unique: count === 0 ? null : sample.counts.size === count,
    top: ranked.slice(0, mostTop).map(([value, n]) => ({ value, count: n, share: n / count })),
    reasons: {},
  };
}

function presence({ missing }: { missing: number }, count: number, infinite: number) {
  const rows = count + missing + infinite;
  return { count, missing, null_pct: rows === 0 ? null : (100 * missing) / rows };
}
