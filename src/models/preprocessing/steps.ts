/** What to do before a model sees a table, before it is fitted. Without `columns` a step takes every column of its type. */
export type PreprocessingSpec =
  | { step: 'impute'; strategy: 'constant'; values: Record<string, number | string> }
  | { step: 'impute'; strategy: 'mean' | 'median'; columns?: string[] }
  | { step: 'scale'; columns?: string[] }
  | { step: 'one-hot'; columns?: string[]; categories?: Record<string, string[]> }
  | { step: 'ordinal'; columns?: string[]; categories?: Record<string, string[]> };

/** A step with what it learned from the training rows; plain JSON. */
export type FittedStep =
  | { step: 'impute'; values: Record<string, number | string> }
  | { step: 'scale'; mean: Record<string, number>; scale: Record<string, number> }
  | { step: 'one-hot'; categories: Record<string, string[]> }
  | { step: 'ordinal'; categories: Record<string, string[]> };
