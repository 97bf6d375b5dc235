import * as z from 'zod';
import { partNames } from '../common/parts.js';
import { calibrationSchema, sliceSchema } from './slices.js';

const figure = z.number().nullable();

export const confusionSchema = z.object({ tp: z.number(), fp: z.number(), fn: z.number(), tn: z.number() });
export type Confusion = z.infer<typeof confusionSchema>;

/** Quality of a binary classifier on one table; a figure that cannot be computed is null, with its reason in `reasons`. */
export const binaryEvaluationSchema = z.looseObject({
  n: z.number(),
  n_missing: z.number().optional(),
  positives: z.number(),
  threshold: z.number(),
  confusion: confusionSchema,
  precision: figure,
  recall: figure,
  f1: figure,
  fpr: figure,
  accuracy: figure,
  roc_auc: figure,
  average_precision: figure,
  log_loss: figure,
  brier: figure,
  reasons: z.record(z.string(), z.string()).default({}),
});
export type BinaryEvaluation = z.infer<typeof binaryEvaluationSchema>;

export const regressionEvaluationSchema = z.looseObject({
  n: z.number(),
  n_missing: z.number().optional(),
  rmse: figure,
  mae: figure,
  mape: figure,
  r2: figure,
  reasons: z.record(z.string(), z.string()).default({}),
});

/** Quality of a classifier of several classes; figures of one class stand beside them: `recall{comp1}`. */
export const multiclassEvaluationSchema = z.looseObject({
  n: z.number(),
  n_missing: z.number().optional(),
  classes: z.array(z.string()),
  /** Rows by true class, then by predicted class, in the order of `classes`. */
  confusion: z.array(z.array(z.number())),
  accuracy: figure,
  macro_f1: figure,
  log_loss: figure,
  reasons: z.record(z.string(), z.string()).default({}),
});

const prSchema = z.object({ recall: z.array(z.number()), precision: z.array(z.number()) });
const rocSchema = z.object({ fpr: z.array(z.number()), tpr: z.array(z.number()) });

export const curvesSchema = z.looseObject({
  /** Parallel arrays, at most some hundred points. */
  pr: prSchema.optional(),
  roc: rocSchema.optional(),
  /** Of several classes: each against the rest. */
  classes: z.array(z.object({ class: z.string(), pr: prSchema, roc: rocSchema })).optional(),
  sweep: z
    .object({
      threshold: z.array(z.number()),
      tp: z.array(z.number()),
      fp: z.array(z.number()),
      fn: z.array(z.number()),
      tn: z.array(z.number()),
    })
    .optional(),
});
export type Curves = z.infer<typeof curvesSchema>;

export const splitEvaluationSchema = z.looseObject({
  split: z.enum([...partNames, 'holdout']),
  figures: z.union([binaryEvaluationSchema, multiclassEvaluationSchema, regressionEvaluationSchema]),
  /** The one class that every row is predicted as: such a model has learned nothing. Null where there are several. */
  predictsOnly: z.string().nullable().optional(),
  curves: curvesSchema.optional(),
  calibration: calibrationSchema.optional(),
  slices: z.array(sliceSchema).optional(),
});

/** All candidates side by side, on every split; one of them was chosen. */
export const evaluationSchema = z.looseObject({
  kind: z.literal('evaluation'),
  schemaVersion: z.literal(1),
  modelVersion: z.string().nullable(),
  createdAt: z.string(),
  task: z.enum(['binary', 'multiclass', 'regression']),
  chosen: z.string(),
  models: z.array(
    z.looseObject({
      name: z.string(),
      family: z.string(),
      columns: z.array(z.string()),
      threshold: z.number().nullable(),
      thresholdReason: z.string().nullable(),
      training: z.looseObject({ rounds: z.number().optional(), bestIteration: z.number().optional() }),
      importance: z.array(z.object({ column: z.string(), gain: z.number(), split: z.number() })),
      evaluations: z.array(splitEvaluationSchema),
    }),
  ),
});
export type Evaluation = z.infer<typeof evaluationSchema>;
