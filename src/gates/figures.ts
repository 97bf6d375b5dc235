/** One figure of the data that is judged, with what is needed to trust it. */
export interface Figure {
  /** Null: it could not be computed, and `reason` says why. May be infinite: the mean of a column that was constant. */
  value: number | null;
  /** Its denominator: positives for recall, rows for most; null when nobody counted. */
  n: number | null;
  reason?: string;
  method: string;
  /** What else a person should know of it, said after the answer. */
  note?: string;
  interval?: [number, number] | null;
}

/**
 * The figures that rules are held against. `figures`: of the whole model, by name (`recall`; of a slice: `recall[model=A]`).
 * `columns`: by figure (`null_pct`, `z_mean`), then by column.
 */
export interface FigureSet {
  figures: Record<string, Figure>;
  columns: Record<string, Record<string, Figure>>;
}
