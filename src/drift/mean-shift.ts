/** A figure, or why there is none. May be infinite: then documents, which are JSON, carry null and the reason. */
export interface DriftFigure {
  value: number | null;
  reason?: string;
}

/** Of the mean: a standard deviation so small is the rounding of one that is 0. */
const constantSpread = 1e-12;
/** Of the mean: so far apart can two sums of the same constant over different numbers of rows come out. */
const meanRounding = 1e-9;

const known = (value: number | null | undefined): value is number => value != null && Number.isFinite(value);

/**
 * How far a column's mean has moved, in standard deviations of the baseline: |current − baseline| / std, std over n − 1.
 *
 * Where the baseline never varied (std 0, but for rounding), the same mean is 0 and any other is infinitely far: a constant that changes has
 * drifted, whatever its size. A mean or standard deviation that is unknown (no rows, only nulls) gives null with a reason.
 */
export function zOfMean(
  current: number | null | undefined,
  baseline: number | null | undefined,
  std: number | null | undefined,
): DriftFigure {
  if (!known(baseline)) return { value: null, reason: 'the baseline has no values in this column' };
  if (!known(current)) return { value: null, reason: 'there are no values in this column' };
  if (current === baseline) return { value: 0 };
  if (!known(std)) return { value: null, reason: 'the baseline has too few values for a standard deviation' };
  if (std <= constantSpread * Math.abs(baseline)) {
    if (Math.abs(current - baseline) <= meanRounding * Math.abs(baseline)) return { value: 0 };
    return { value: Infinity, reason: `it was always ${baseline} in the baseline, and no longer is` };
  }
  return { value: Math.abs(current - baseline) / std };
}

/**
 * How surprising the mean of a batch is: |mean − baseline| / (std / √n), in standard errors of the mean of n values.
 * Grows with n for the same shift, unlike zOfMean. Null for an empty batch; otherwise as zOfMean.
 */
export function zOfBatchMean(
  current: number | null | undefined,
  baseline: number | null | undefined,
  std: number | null | undefined,
  n: number,
): DriftFigure {
  if (n <= 0) return { value: null, reason: 'there are no rows' };
  const { value, ...rest } = zOfMean(current, baseline, std);
  return { value: value === null ? null : value * Math.sqrt(n), ...rest };
}

/** Share of nulls in percent; null when there are no rows. */
export function nullPct(nulls: number, rows: number): DriftFigure {
  return rows > 0 ? { value: (100 * nulls) / rows } : { value: null, reason: 'there are no rows' };
}
