/** What a method says of one column. Tests fill `p_value`, distances fill `statistic`; `drifted` is null where it cannot be said. */
export interface ColumnResult {
  method: string;
  statistic: number | null;
  p_value: number | null;
  threshold: number | null;
  drifted: boolean | null;
  /** Why nothing can be said. */
  reason?: string;
  /** The method was asked for and is not for columns of this type: they are no part of the answer. */
  suited?: false;
}

export const noValues = 'one of the two samples has no values in this column';

/** Nothing can be said by this method. */
export function undecided(method: string, reason: string, threshold: number | null = null): ColumnResult {
  return { method, statistic: null, p_value: null, threshold, drifted: null, reason };
}

/** A method that is for other columns than this one. */
export function unsuited(
  method: string,
  isFor: 'numbers' | 'categories',
  threshold: number | null = null,
): ColumnResult {
  return { ...undecided(method, `it is for ${isFor}`, threshold), suited: false };
}

/** A figure that could not be computed in numbers is none. */
export function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
