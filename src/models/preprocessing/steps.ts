/** What a date becomes: parts of the calendar in UTC, and `age`, the days from it to a reference. */
export const dateParts = ['year', 'month', 'day', 'weekday', 'hour', 'age'] as const;
export type DatePart = (typeof dateParts)[number];

/** How the dates of one column become numbers. `reference`: a moment of ISO 8601 that ages are counted to. */
export interface DateColumn {
  parts: readonly DatePart[];
  reference?: string;
}

/** What to do before a model sees a table, before it is fitted. Without `columns` a step takes every column of its type. */
export type PreprocessingSpec =
  | { step: 'impute'; strategy: 'constant'; values: Record<string, number | string> }
  | { step: 'impute'; strategy: 'mean' | 'median'; columns?: string[] }
  | { step: 'scale'; columns?: string[] }
  | { step: 'one-hot'; columns?: string[]; categories?: Record<string, string[]> }
  | { step: 'ordinal'; columns?: string[]; categories?: Record<string, string[]> }
  | { step: 'frequency'; columns: string[] }
  /** `classes`: how many, of a target that is the place of a class; without, the target is a number to average. */
  | { step: 'target'; columns: string[]; classes?: number }
  | { step: 'date'; columns: Record<string, DateColumn> };

/** What each category of a column became: `values[i]` is that of `categories[i]`, one number an output. */
export interface LearnedMeans {
  categories: string[];
  values: number[][];
  unseen: number[];
  missing: number[];
}

/** A step with what it learned from the training rows; plain JSON. */
export type FittedStep =
  | { step: 'impute'; values: Record<string, number | string> }
  | { step: 'scale'; mean: Record<string, number>; scale: Record<string, number> }
  | { step: 'one-hot'; categories: Record<string, string[]> }
  | { step: 'ordinal'; categories: Record<string, string[]> }
  | { step: 'frequency'; columns: Record<string, LearnedMeans> }
  | { step: 'target'; columns: Record<string, LearnedMeans> }
  | { step: 'date'; columns: Record<string, { parts: DatePart[]; reference: string | null }> };
