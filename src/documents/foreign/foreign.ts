import * as z from 'zod';
import { verdictSchema } from '../gates/verdict.js';

/**
 * Documents of the template's contract as other programs write them: without `kind`, known by their shape.
 * Only what makes the shape is required; everything else may be absent and is then not recorded.
 */
const figure = z
  .number()
  .nullish()
  .transform((value) => value ?? null);
const words = z.array(z.string()).default([]);

const counts = z.object({ tp: z.number(), fp: z.number(), fn: z.number(), tn: z.number() });

const gate = z.looseObject({
  metric: z.string().optional(),
  /** Some writers name the gate and not its metric. */
  gate: z.string().optional(),
  passed: z.boolean().nullish(),
  value: figure,
  target: figure,
  baseline: figure,
  degradation: figure,
  action: z.string().optional(),
});
export type ForeignGate = z.infer<typeof gate>;

export const foreignResultsSchema = z.looseObject({
  run_timestamp: z.string().optional(),
  evaluation_data: z.string().optional(),
  decision_threshold: figure,
  target_recall: figure,
  retrain_needed: z.boolean(),
  retrain_reasons: words,
  primary_gate: gate.nullable(),
  secondary_gates: z.array(gate).default([]),
  data_quality_issues: z
    .array(
      z.looseObject({
        feature: z.string().optional(),
        gate: z.string().optional(),
        check: z.string().optional(),
        value: figure,
        action: z.string().optional(),
      }),
    )
    .default([]),
  confusion_matrix: counts.nullish(),
  metrics: z.record(z.string(), figure).default({}),
});
export type ForeignResults = z.infer<typeof foreignResultsSchema>;

/** The pipeline's `evaluation.json`: an answer and the figures it came from. Ours says the verdict too. */
export const foreignAnswerSchema = z.looseObject({
  status: z.enum(['RETRAIN', 'HEALTHY', 'FAILED', 'INCONCLUSIVE']),
  verdict: verdictSchema.optional(),
  recall: figure,
  precision: figure,
  roc_auc: figure,
  avg_precision: figure,
  tp: z.number().nullish(),
  fp: z.number().nullish(),
  fn: z.number().nullish(),
  tn: z.number().nullish(),
  /** Whether something is worse than it should be, or what is. */
  degraded: z.union([z.boolean(), z.array(z.string())]).optional(),
  reasons: words,
  samples: figure,
  force_retrain: z.boolean().optional(),
  force_skip_retrain: z.boolean().optional(),
});
export type ForeignAnswer = z.infer<typeof foreignAnswerSchema>;

/** The four counts, when all of them are known. */
export function confusionOfForeign({ tp, fp, fn, tn }: ForeignAnswer) {
  return tp == null || fp == null || fn == null || tn == null ? null : { tp, fp, fn, tn };
}

/** The same answer as a healthy run files it. */
export const foreignHealthySchema = z.looseObject({
  timestamp: z.string(),
  endpoint: z.string().optional(),
  evaluation: foreignAnswerSchema,
});

export const foreignTriggerSchema = z.looseObject({
  trigger: z.string(),
  timestamp: z.string().optional(),
  retrain_needed: z.literal(true),
  reasons: words,
  model_package_arn: z.string().optional(),
  endpoint_name: z.string().optional(),
  recall_on_prod: figure,
  target_recall: figure,
  secondary_failures: z.array(gate).default([]),
  drift_issues: z
    .array(
      z.looseObject({
        feature: z.string().optional(),
        gate: z.string().optional(),
        check: z.string().optional(),
        value: figure,
      }),
    )
    .default([]),
});
export type ForeignTrigger = z.infer<typeof foreignTriggerSchema>;

/** `evaluation_metrics.json`, in the registry's nested form. */
export const registryMetricsSchema = z.looseObject({
  binary_classification_metrics: z.record(z.string(), z.looseObject({ value: figure })),
});

/** `evaluation_metrics.json`, as a retraining pipeline writes it. */
export const flatMetricsSchema = z.looseObject({
  roc_auc: z.number(),
  recall: z.number(),
  precision: z.number(),
  threshold: z.number(),
});

/** The figures of one model on its test set, whichever of the two forms they came in. */
export interface ForeignMetrics {
  metrics: Record<string, number | null>;
  threshold: number | null;
}

/** Their names for figures that have one here; any other name is kept. */
export function figureOfForeign(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();
  if (/\brecall\b/.test(plain)) return 'recall';
  if (/false positives?/.test(plain)) return 'false_positives';
  if (/roc auc|^auc$/.test(plain)) return 'roc_auc';
  if (/average precision|^ap$/.test(plain)) return 'average_precision';
  return plain === 'precision' ? 'precision' : name;
}
