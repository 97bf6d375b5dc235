import * as z from 'zod';
import { dateParts } from '../preprocessing/steps.js';

const values = z.record(z.string(), z.number());
const categories = z.record(z.string(), z.array(z.string()));

const means = z.object({
  categories: z.array(z.string()),
  values: z.array(z.array(z.number())),
  unseen: z.array(z.number()).min(1),
  missing: z.array(z.number()).min(1),
});
const dates = z.object({ parts: z.array(z.enum(dateParts)), reference: z.string().nullable() });

const fittedStep = z.discriminatedUnion('step', [
  z.object({ step: z.literal('impute'), values: z.record(z.string(), z.union([z.number(), z.string()])) }),
  z.object({ step: z.literal('scale'), mean: values, scale: values }),
  z.object({ step: z.literal('one-hot'), categories }),
  z.object({ step: z.literal('ordinal'), categories }),
  z.object({ step: z.literal('frequency'), columns: z.record(z.string(), means) }),
  z.object({ step: z.literal('target'), columns: z.record(z.string(), means) }),
  z.object({ step: z.literal('date'), columns: z.record(z.string(), dates) }),
]);

/** `model_metadata.json`: the template's keys stay beside ours; further keys are kept. */
export const bundleMetadata = z.looseObject({
  kind: z.literal('model-bundle'),
  schemaVersion: z.literal(1),
  task: z.enum(['binary', 'multiclass', 'regression']),
  family: z.string(),
  inputs: z.array(z.object({ name: z.string(), type: z.enum(['number', 'category']) })).min(1),
  preprocessing: z.array(fittedStep),
  classes: z.array(z.string()).optional(),
  threshold: z.number().nullable(),
});

export const linearModel = z.object({
  kind: z.literal('linear'),
  link: z.enum(['identity', 'sigmoid', 'softmax']),
  featureNames: z.array(z.string()),
  coefficients: z.array(z.array(z.number())),
  intercepts: z.array(z.number()),
  converged: z.boolean(),
  iterations: z.number(),
  gradient: z.number(),
  parameters: z.record(z.string(), z.unknown()),
});
