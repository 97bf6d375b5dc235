import * as z from 'zod';
import { outputSchema, figuresSchema, stageNameSchema } from './run.js';
import { verdictSchema, type Verdict } from './gates/verdict.js';

/** What the container's entry `mlops job` can do. */
export const jobNames = ['ingest', 'features', 'train', 'monitor', 'retrain', 'report'] as const;
export type JobName = (typeof jobNames)[number];

/** The environment variables by which a job knows what it is for. Absent ones say nothing. */
export const jobVariables = {
  /** The environment of `mlops.json` to work in. */
  environment: 'MLOPS_ENVIRONMENT',
  /** The run that started the job and holds the lease; without it the job is a run of its own. */
  run: 'MLOPS_RUN',
  force: 'MLOPS_FORCE',
  acceptPartial: 'MLOPS_ACCEPT_PARTIAL',
  forceRetrain: 'MLOPS_FORCE_RETRAIN',
  forceSkipRetrain: 'MLOPS_FORCE_SKIP_RETRAIN',
  reason: 'MLOPS_REASON',
  bucket: 'MLOPS_BUCKET',
  image: 'MLOPS_IMAGE',
  /** Also read by other tools. */
  role: 'SAGEMAKER_ROLE',
  endpoint: 'MLOPS_ENDPOINT',
  targetRecall: 'MLOPS_TARGET_RECALL',
  modelGroup: 'MLOPS_MODEL_GROUP',
  groupTrain: 'MLOPS_FEATURE_GROUP_TRAIN',
  groupValidation: 'MLOPS_FEATURE_GROUP_VALIDATION',
  groupProduction: 'MLOPS_FEATURE_GROUP_PRODUCTION',
} as const;

/** `runs/<id>/jobs/<stage>.json`: what a stage that ran as a job hands back to its run. */
export const jobOutcomeSchema = z.looseObject({
  kind: z.literal('job-outcome'),
  schemaVersion: z.literal(1),
  stage: stageNameSchema,
  runId: z.string(),
  finishedAt: z.string(),
  outputs: z.array(outputSchema),
  figures: figuresSchema,
  summary: z.string(),
  damage: z.array(z.string()).default([]),
  verdict: verdictSchema.optional(),
});

/** `evaluation.json`, the property file that the pipeline's condition reads. The template's keys. */
export interface PipelineEvaluation {
  /** The template's two; and what is neither, for nothing that is unknown or failed counts as healthy. */
  status: 'RETRAIN' | 'HEALTHY' | 'FAILED' | 'INCONCLUSIVE';
  verdict: Verdict;
  recall: number | null;
  precision: number | null;
  roc_auc: number | null;
  avg_precision: number | null;
  tp: number | null;
  fp: number | null;
  fn: number | null;
  tn: number | null;
  degraded: string[];
  reasons: string[];
  samples: number;
  force_retrain: boolean;
  force_skip_retrain: boolean;
}
