import * as z from 'zod';

/** `artifacts/models/<version>/training_history.json`: how each candidate's figures went, round by round. */
export const trainingHistorySchema = z.looseObject({
  kind: z.literal('training-history'),
  schemaVersion: z.literal(1),
  modelVersion: z.string().nullable(),
  createdAt: z.string(),
  candidates: z.array(
    z.looseObject({
      name: z.string(),
      family: z.string(),
      /** 1-based; null when the family has no rounds. */
      bestRound: z.number().nullable(),
      stoppedEarly: z.boolean(),
      /** The rounds that the values below belong to: all of them, or evenly chosen some hundreds. */
      rounds: z.array(z.number()),
      series: z.array(
        z.object({
          metric: z.string(),
          part: z.enum(['train', 'validation']),
          better: z.enum(['higher', 'lower']),
          values: z.array(z.number().nullable()),
        }),
      ),
    }),
  ),
});
export type TrainingHistory = z.infer<typeof trainingHistorySchema>;
