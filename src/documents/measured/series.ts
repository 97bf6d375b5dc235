import * as z from 'zod';

/** A figure over time: one value a period, at its beginning; a period without a value is missing. */
export const seriesSchema = z.object({
  label: z.string(),
  /** CloudWatch's word: `Count`, `Microseconds`, `Percent`. */
  unit: z.string().optional(),
  points: z.array(z.object({ at: z.string(), value: z.number() })),
});
export type Series = z.infer<typeof seriesSchema>;
