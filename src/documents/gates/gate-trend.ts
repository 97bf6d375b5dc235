import * as z from 'zod';
import { gateResultSchema, verdictSchema } from './verdict.js';

/** What `batches trend` answers: every batch's newest verdict and every run's, oldest rows first, with each gate's figure. */
export const gateTrendSchema = z.looseObject({
  kind: z.literal('gate-trend'),
  schemaVersion: z.literal(1),
  project: z.string(),
  environment: z.string(),
  points: z.array(
    z.looseObject({
      /** Key of the monitoring results. */
      results: z.string(),
      /** When it was judged. */
      at: z.string(),
      /** The batch; null: a run over the production rows. */
      batch: z.looseObject({ id: z.string(), name: z.string() }).nullable(),
      window: z.looseObject({ from: z.string().nullable(), to: z.string().nullable() }),
      modelVersion: z.string(),
      n: z.number(),
      verdict: verdictSchema,
      gates: z.array(
        gateResultSchema.pick({
          ...{ id: true, level: true, status: true, metric: true, value: true, operator: true, threshold: true },
          message: true,
        }),
      ),
    }),
  ),
});
export type GateTrend = z.infer<typeof gateTrendSchema>;
