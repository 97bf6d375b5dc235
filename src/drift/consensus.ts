import type { DriftColumn, DriftReport } from '../documents/drift-report.js';

type Consensus = NonNullable<DriftReport['dataset']['consensus']>;
type Indicator = Consensus['indicators'][number];

const enough = 2;
const severities = [
  ['major', 0.5],
  ['moderate', 0.25],
  ['minor', 0.1],
] as const;

/**
 * What several views of the whole table say together. `columns` are those of the `default` profile: their `measures` hold
 * the figures. Tests count by their own p below 0.05, indices above 0.1. `agreed`: at least two indicators are over their
 * threshold. `severity` goes by the share of columns that drifted.
 */
export function consensusOf(columns: readonly DriftColumn[]): Consensus {
  const of = (method: string, figure: 'statistic' | 'p_value') =>
    columns.flatMap(({ measures = [] }) => {
      const value = measures.find((measure) => measure.method === method)?.[figure] ?? null;
      return value === null ? [] : [value];
    });
  const tests = [...of('ks', 'p_value'), ...of('chi_square', 'p_value')].map((p) => Number(p < 0.05));
  const indices = of('psi', 'statistic').map((index) => Number(index > 0.1));
  const indicators = [
    indicator('share_of_tests', [...tests, ...indices], 0.25),
    indicator('mean_psi', of('psi', 'statistic'), 0.1),
    indicator('mean_ks', of('ks', 'statistic'), 0.3),
    indicator('mean_jensen_shannon', of('jensen_shannon', 'statistic'), 0.1),
  ];
  const over = indicators.filter((one) => one.over).length;
  const open = indicators.filter((one) => one.over === null).length;
  const known = columns.filter(({ drifted }) => drifted !== null);
  const share = known.filter(({ drifted }) => drifted).length / known.length;
  return {
    indicators,
    agreed: over >= enough ? true : over + open < enough ? false : null,
    severity: known.length === 0 ? null : (severities.find(([, from]) => share >= from)?.[0] ?? 'none'),
  };
}

function indicator(name: string, values: number[], threshold: number): Indicator {
  if (values.length === 0) return { name, value: null, threshold, over: null };
  const value = values.reduce((sum, one) => sum + one, 0) / values.length;
  return { name, value, threshold, over: value > threshold };
}
