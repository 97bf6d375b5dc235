import * as z from 'zod';
import { durationSchema } from '../duration.js';

const key = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, 'letters, digits, "-" and "_" only');

/** What a check of the admission gate has in common, whatever it looks at. */
const check = {
  id: key.describe('What a waiver calls it by.'),
  window: durationSchema.default('24h').describe('How far back it looks.'),
  waivable: z
    .boolean()
    .default(false)
    .describe('Whether somebody may answer for a failure until a date (mlops waive).'),
};

/** A metric over the window: its points by the period, and what is made of them, against a number. */
const metricCheckSchema = z.strictObject({
  ...check,
  metric: z.string().describe("A metric's name: ModelLatency, Invocation5XXErrors, or one of your own."),
  namespace: z.string().default('AWS/SageMaker').describe('Where the metric is kept. Default: AWS/SageMaker.'),
  dimensions: z
    .record(z.string(), z.string())
    .optional()
    .describe('Default: the endpoint; in AWS/SageMaker its variant AllTraffic too.'),
  statistic: z
    .string()
    .optional()
    .describe('Of one period: Average, Sum, p95. Default: Sum where sums are taken, else Average.'),
  period: durationSchema.default('5m').describe('Over how long one point of the metric is. Default: 5m.'),
  take: z.enum(['mean', 'max', 'min', 'sum']).describe('What is made of the points of all periods.'),
  rule: z.string().describe('What it must be: ">= 0.70".'),
  none: z
    .enum(['fail', 'pass'])
    .default('fail')
    .describe('What it means that there is no point at all. Default: fail.'),
});

/** A figure that the newest verdict on the version holds. */
const figureCheckSchema = z.strictObject({
  ...check,
  rule: z.string().describe('A figure of the newest verdict on the version: "recall >= 0.70".'),
});

export const admitSchema = z.union([metricCheckSchema, figureCheckSchema]);
export type MetricCheck = z.infer<typeof metricCheckSchema>;
export type FigureCheck = z.infer<typeof figureCheckSchema>;
export type AdmissionCheck = z.infer<typeof admitSchema>;

export const releaseStrategySchema = z.enum(['all-at-once', 'canary', 'linear', 'ramp']);
export type ReleaseStrategy = z.infer<typeof releaseStrategySchema>;

export const releaseSchema = z.strictObject({
  from: key.optional().describe('Of "endpoints": where a version proves itself. deploy and retrain serve it there.'),
  to: key.optional().describe('Of "endpoints": what only a release reaches.'),
  strategy: releaseStrategySchema
    .default('all-at-once')
    .describe('all-at-once; canary: a small share first; linear: equal steps; ramp: steps of your own.'),
  steps: z
    .array(z.number().gt(0).max(100))
    .min(1)
    .optional()
    .describe(
      'Per cent of the traffic, rising to 100. Default: canary 10, 100; linear 25, 50, 75, 100; ramp 10, 25, 50, 100.',
    ),
  bake: durationSchema
    .optional()
    .describe('How long each step is watched. Default: 10m; all-at-once 0s: it is not watched.'),
  requests: z
    .number()
    .int()
    .positive()
    .default(100)
    .describe('Fewer requests than this to the new version in a step prove nothing: it goes on being watched.'),
  smoke: z
    .string()
    .optional()
    .describe('A file of requests that the new version must answer after each step: JSON lines.'),
  admit: z.array(admitSchema).default([]).describe('What must hold before a release begins.'),
  rollbackOn: z
    .array(z.string())
    .optional()
    .describe(
      'Names of alarms, and rules on the new version: "error_rate > 0.01", "latency_p95 > 5 * baseline", "score_ks > 0.3", which are the default.',
    ),
  refresh: z
    .union([
      z.number().nonnegative(),
      z.strictObject({
        figure: z.string().describe('What both versions are compared by: "roc_auc". Default: what decides a search.'),
        by: z.number().nonnegative().default(0).describe('How much worse it may be.'),
      }),
    ])
    .default(0)
    .describe(
      'By how much the deciding figure of a retrained version may be worse and still be released: 0.02, or of another figure: { "figure": "roc_auc", "by": 0.02 }. Default: 0.',
    ),
});
export type ReleaseSettings = z.infer<typeof releaseSchema>;
