import type { Interval } from '../documents/certainty.js';

/** One figure of the data that is judged, with what is needed to trust it. */
export interface Figure {
  /** Null: it could not be computed, and `reason` says why. May be infinite: the mean of a column that was constant. */
  value: number | null;
  /** Its denominator: positives for recall, rows for most; null when nobody counted. */
  n: number | null;
  reason?: string;
  method: string;
  /** It is an estimate, made without labels: no proof, whatever it says. */
  estimated?: true;
  /** Of a figure that is not known: what it is estimated to be, in words. */
  estimate?: string;
  /** What else a person should know of it, said after the answer. */
  note?: string;
  /** 95 %. */
  interval?: Interval | null;
  /** Its interval at a width of so many standard deviations, where that is worked out only when an answer hangs on it. */
  intervalAt?: (width: number) => Interval;
}

/**
 * The figures that rules are held against. `figures`: of the whole model, by name (`recall`; of a slice: `recall[model=A]`).
 * `columns`: by figure (`null_pct`, `z_mean`), then by column.
 */
export interface FigureSet {
  figures: Record<string, Figure>;
  columns: Record<string, Record<string, Figure>>;
}
