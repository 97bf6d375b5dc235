import * as z from 'zod';

const partSchema = z.looseObject({ entities: z.number(), rows: z.number(), positives: z.number().nullable() });

/** `features/split-manifest.json`: how the newest build of the feature groups was divided, and by which rule. */
export const splitManifestSchema = z.looseObject({
  kind: z.literal('split-manifest'),
  schemaVersion: z.literal(1),
  createdAt: z.string(),
  runId: z.string(),
  /** In words, so that any program can repeat it. */
  rule: z.string(),
  by: z.enum(['entity', 'column']),
  seed: z.number().nullable(),
  entities: z.number(),
  /** Of the build, in unix seconds: the event time of all its records. */
  eventTime: z.number(),
  parts: z.object({ train: partSchema, validation: partSchema, test: partSchema, production: partSchema }),
});
export type SplitManifest = z.infer<typeof splitManifestSchema>;
