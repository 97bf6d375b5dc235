/** What a method says of one column. Tests fill `p_value`, distances fill `statistic`; `drifted` is null where it cannot be said. */
export interface ColumnResult {
  method: string;
  statistic: number | null;
  p_value: number | null;
  threshold: number | null;
  drifted: boolean | null;
  /** Why nothing can be said. */
  reason?: string;
}

export const noValues = 'one of the two samples has no values in this column';

/** Nothing can be said by this method. */
export function undecided(method: string, reason: string, threshold: number | null = null): ColumnResult {
  return { method, statistic: null, p_value: null, threshold, drifted: null, reason };
}

/** A figure that could not be computed in numbers is none. */
export function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
