import * as z from 'zod';
import { estimateSchema } from './performance-estimator.js';
import { confusionSchema, curvesSchema } from './evaluation.js';
import { judgedBatchSchema } from './batch.js';
import { calibrationSchema, sliceSchema } from './slices.js';
import { decisionSchema, gateResultSchema, softGroupSchema, verdictSchema } from './gates/verdict.js';

const figure = z.number().nullable();

/** One column, baseline against now: what the drift table and its overlay show. */
export const columnDriftSchema = z.looseObject({
  column: z.string(),
  baseline: z.looseObject({
    mean: figure,
    std: figure,
    nullPct: figure,
    count: z.number(),
    rows: z.number().optional(),
  }),
  /** `count` values that are there (after the model's own fills), of `rows`. */
  current: z.looseObject({
    mean: figure,
    std: figure,
    nullPct: figure,
    count: z.number(),
    rows: z.number().optional(),
  }),
  z: figure,
  /** The column was constant in training and is not that value now: no finite z says how far that is. */
  infinite: z.boolean().default(false),
  /** Population stability index of its shares, in the histogram's bins or by category. */
  psi: figure.optional(),
  /** A column of texts that rules watch: the share of current values whose category training never had, and the first of them. */
  newCategories: z.object({ share: figure, names: z.array(z.string()) }).optional(),
  /** A column of dates: what is missing is watched, not how far time has gone on. */
  dates: z.literal(true).optional(),
  /** No column of the table, but how many rows have no score: nothing else of it is watched. */
  unscored: z.literal(true).optional(),
  importance: figure,
  /** Shares in the same bins for both samples, for the overlay. */
  histogram: z
    .looseObject({
      edges: z.array(z.number()),
      /** Instead of edges, for a column of categories. */
      categories: z.array(z.string()).optional(),
      baseline: z.array(z.number()),
      current: z.array(z.number()),
    })
    .nullable(),
  reason: z.string().optional(),
});
export type ColumnDrift = z.infer<typeof columnDriftSchema>;

/** Whether it holds texts whose shares could not be held against the baseline's; dates and what is missing have none. */
export const isNotCompared = ({ newCategories, psi }: Pick<ColumnDrift, 'newCategories' | 'psi'>): boolean =>
  newCategories !== undefined && psi === null;

const templateGate = z.looseObject({
  metric: z.string(),
  passed: z.boolean().nullable(),
  value: figure,
  target: figure,
  action: z.string(),
});

/** `monitoring/runs/<stamp>/monitoring_results.json`, written by every monitor run. Immutable. */
export const monitoringResultsSchema = z.looseObject({
  kind: z.literal('monitoring-results'),
  schemaVersion: z.literal(1),
  // Keys that readers of the original documents know.
  run_timestamp: z.string(),
  evaluation_data: z.string(),
  decision_threshold: figure,
  target_recall: figure,
  retrain_needed: z.boolean(),
  retrain_reasons: z.array(z.string()),
  primary_gate: templateGate.nullable(),
  secondary_gates: z.array(templateGate.extend({ baseline: figure, degradation: figure })),
  data_quality_issues: z.array(z.looseObject({ feature: z.string(), check: z.string(), value: figure })),
  confusion_matrix: confusionSchema.nullable(),
  /** Of several classes: their names, and rows by true class, then by predicted class. */
  classes: z.array(z.string()).optional(),
  class_confusion: z.array(z.array(z.number())).optional(),
  metrics: z.record(z.string(), figure),
  // Ours.
  runId: z.string(),
  project: z.string(),
  environment: z.string(),
  task: z.enum(['binary', 'multiclass', 'regression']),
  modelVersion: z.string(),
  modelName: z.string(),
  baselineId: z.string().nullable(),
  baselineMetrics: z.record(z.string(), figure),
  /** Their 95 % intervals; absent of a version that keeps none. */
  baselineIntervals: z.record(z.string(), z.tuple([z.number(), z.number()])).optional(),
  n: z.number(),
  /** The one class that every row is predicted as; null where there are several, absent in results of earlier versions. */
  predictsOnly: z.string().nullable().optional(),
  positives: z.number().nullable(),
  window: z.looseObject({ from: z.string().nullable(), to: z.string().nullable() }),
  verdict: verdictSchema,
  decision: decisionSchema,
  /** Whether these rows had led to retraining this version before. */
  alreadyRetrained: z.boolean().optional(),
  gates: z.array(gateResultSchema),
  soft: softGroupSchema.nullable(),
  columns: z.array(columnDriftSchema),
  curves: curvesSchema.nullable(),
  baselineCurves: curvesSchema.nullable(),
  calibration: calibrationSchema.nullable().optional(),
  /** Figures by slice of the rows, and the slice that is worst by the deciding figure. */
  slices: z.array(sliceSchema).optional(),
  worstSlice: z.string().nullable().optional(),
  /** How the worst slice was found: by which figure, among slices with how many of its denominator. */
  worstSliceRule: z.looseObject({ figure: z.string(), minimum: z.number(), of: z.string() }).optional(),
  /** Gates whose rule says `current`: they judge candidates, not the model that serves. */
  promotionGates: z.array(z.string()).optional(),
  /** 95 % bootstrap intervals of figures that are no plain rates. */
  intervals: z.record(z.string(), z.tuple([z.number(), z.number()])).optional(),
  /** How many of the rows are rows of the test set: what they say was known when the version was registered. */
  testRows: z.number().optional(),
  /** What a person must know before trusting the verdict, a sentence each. */
  notes: z.array(z.string()).optional(),
  /** Rows without a label yet: they count for drift and nulls, not for quality. */
  unlabelled: z.number().optional(),
  /** What the figures of those rows are estimated to be; absent where all have one, or the version cannot tell. */
  estimated: z.record(z.string(), estimateSchema).optional(),
  /** When the last of their labels is due, by `monitor.labelDelay`; null: no delay is given, or no time is known. */
  labelsDue: z.string().nullable().optional(),
  /** What drift was compared with, as the project declares it; absent for the version's own baseline. */
  driftReference: z.looseObject({ reference: z.string(), text: z.string(), rows: figure }).optional(),
  /** The batch that was judged; absent for the production group. */
  batch: judgedBatchSchema.optional(),
  reasons: z.record(z.string(), z.string()).default({}),
});
export type MonitoringResults = z.infer<typeof monitoringResultsSchema>;

/** `monitoring/retrain-triggers/<stamp>/retrain_trigger.json`, written when retraining is decided. */
export const retrainTriggerSchema = z.looseObject({
  kind: z.literal('retrain-trigger'),
  schemaVersion: z.literal(1),
  trigger: z.string(),
  timestamp: z.string(),
  retrain_needed: z.literal(true),
  reasons: z.array(z.string()),
  model_package_arn: z.string(),
  endpoint_name: z.string(),
  recall_on_prod: figure,
  target_recall: figure,
  secondary_failures: z.array(z.looseObject({ gate: z.string(), value: figure, baseline: figure })),
  drift_issues: z.array(z.looseObject({ feature: z.string(), check: z.string(), value: figure })),
});
export type RetrainTrigger = z.infer<typeof retrainTriggerSchema>;
