import * as z from 'zod';

/**
 * `artifacts/models/<version>/explanation.json`: what moves the chosen model's raw score (log odds for a classifier),
 * from a sample of the test rows. `shap[row][feature]` + `base` adds up to the row's raw score; of several classes, with
 * its own `base`, to that of the predicted one.
 */
export const explanationSchema = z.looseObject({
  kind: z.literal('explanation'),
  schemaVersion: z.literal(1),
  modelVersion: z.string().nullable(),
  candidate: z.string(),
  createdAt: z.string(),
  part: z.string(),
  /** A forest's raw score is a probability already. */
  unit: z.enum(['log odds', 'probability', 'target']),
  /** Null, as the mean of SHAP values, where no row could be explained. */
  base: z.number().nullable(),
  features: z.array(
    z.looseObject({
      name: z.string(),
      meanAbsShap: z.number().nullable(),
      gain: z.number().nullable(),
      split: z.number().nullable(),
      /** Loss of the deciding metric when the column is shuffled; null when not measured. */
      permutation: z.number().nullable(),
      /** Of several classes: mean |SHAP| on the raw score of each, in their order; `meanAbsShap` is the sum. */
      perClass: z.array(z.number()).optional(),
    }),
  ),
  /** At most some hundred rows. `values` as the model saw them, text for a category, null for missing. */
  rows: z.array(
    z.looseObject({
      id: z.string(),
      label: z.union([z.number(), z.string()]).nullable(),
      /** Of several classes: the predicted one, whose probability the score is; `shap` and `base` are of its raw score. */
      predicted: z.string().optional(),
      base: z.number().optional(),
      score: z.number(),
      values: z.array(z.union([z.number(), z.string(), z.null()])),
      shap: z.array(z.number()),
    }),
  ),
  classes: z.array(z.string()).optional(),
  /** Why a figure is null. */
  reasons: z.record(z.string(), z.string()).optional(),
});
export type Explanation = z.infer<typeof explanationSchema>;
