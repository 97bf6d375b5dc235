import * as z from 'zod';
import { durationSchema } from '../duration.js';

/** `live`: the newest rows, asked about again and again, and how that turned out. */
export const liveSchema = z.strictObject({
  every: durationSchema
    .default('10m')
    .describe('How often the newest rows are asked about, while the project is watched.'),
  matures: durationSchema
    .default('0s')
    .describe('How long after a row\'s time its label is settled, by the time of the rows: "40m".'),
  window: durationSchema.default('24h').describe('Over how long the figures are.'),
  namespace: z
    .string()
    .default('MLOps/Model')
    .describe('Of the metrics: PR-AUC, F1, ThresholdHitRate, Samples, PSI, PredictionHeartbeat.'),
  dimensions: z.record(z.string(), z.string()).default({}).describe('Of the metrics, beside EndpointName.'),
  map: z
    .strictObject({
      sql: z
        .string()
        .describe(
          'SQL over "predictions" (the newest rows with their "risk") and the sources: id, name, latitude, longitude, risk, now, capacity.',
        ),
      title: z.string().describe('What the map shows.'),
      riskOf: z.string().optional().describe('Of what the risk is: "empty in 30 minutes".'),
      unit: z.string().optional().describe('What can be moved: "bikes".'),
      within: z.number().positive().default(5).describe('Kilometres that something is moved at most.'),
      moves: z.number().int().positive().default(20).describe('So many moves are suggested at most.'),
    })
    .optional()
    .describe('A map of places with their risk, and what could be moved between them.'),
});
export type Live = z.infer<typeof liveSchema>;
