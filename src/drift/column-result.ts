/** What a method says of one column. Tests fill `p_value`, distances fill `statistic`; `drifted` is null where it cannot be said. */
export interface ColumnResult {
  method: string;
  statistic: number | null;
  p_value: number | null;
  threshold: number;
  drifted: boolean | null;
  /** Why nothing can be said. */
  reason?: string;
}
