import * as z from 'zod';

const figure = z.number().nullable();

/** The figures of the rows where one column has one value, or lies in one range (quarters of a number's quantiles). */
export const sliceSchema = z.looseObject({
  /** As a rule names it: `site=a`, `age=[40, 52)`, `age<40`, `site=(missing)`. */
  slice: z.string(),
  column: z.string(),
  value: z.string(),
  n: z.number(),
  positives: figure,
  /** Of a binary classifier: what its rates divide by. */
  confusion: z.object({ tp: z.number(), fp: z.number(), fn: z.number(), tn: z.number() }).nullable().optional(),
  /** Of several classes: their names, and rows by true class, then by predicted class. */
  classes: z.array(z.string()).optional(),
  class_confusion: z.array(z.array(z.number())).optional(),
  figures: z.record(z.string(), figure),
  reasons: z.record(z.string(), z.string()).default({}),
  /** 95 % bootstrap intervals, of a slice that a gate asks certainty of. */
  intervals: z.record(z.string(), z.tuple([z.number(), z.number()])).optional(),
});
export type Slice = z.infer<typeof sliceSchema>;

/** Calibration of a binary score: equal-width bins (a, b], the first with 0; empty bins are left out. */
export const calibrationSchema = z.looseObject({
  binning: z.string(),
  ece: figure,
  mce: figure,
  bins: z.array(
    z.object({ from: z.number(), to: z.number(), n: z.number(), meanScore: z.number(), positiveRate: z.number() }),
  ),
});
export type Calibration = z.infer<typeof calibrationSchema>;
