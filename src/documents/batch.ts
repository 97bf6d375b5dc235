import * as z from 'zod';
import { verdictSchema } from './gates/verdict.js';

/** What monitoring results say of the batch that they judged; absent where they judged the production group. */
export const judgedBatchSchema = z.looseObject({
  id: z.string(),
  /** The names of its files. */
  name: z.string(),
  /** Rows in the files. */
  rows: z.number(),
  /** Rows that the version learned from: counted, and left out. */
  known: z.number(),
  labelled: z.number(),
});
export type JudgedBatch = z.infer<typeof judgedBatchSchema>;

/** `batches/<id>/batch.json`: rows that were brought to be judged, and what became of them. */
export const batchSchema = z.looseObject({
  kind: z.literal('batch'),
  schemaVersion: z.literal(1),
  id: z.string(),
  name: z.string(),
  /** Over the bytes of its files: the same file is the same batch, whatever it is called. */
  sha256: z.string(),
  files: z.array(z.looseObject({ source: z.string(), uri: z.string(), sha256: z.string() })),
  /** `table`: through features.sql in place of a source; `features`: it had the feature columns already. */
  as: z.enum(['table', 'features']),
  addedAt: z.string(),
  rows: z.number(),
  labelled: z.number(),
  window: z.looseObject({ from: z.string().nullable(), to: z.string().nullable() }),
  /** Its rows are named by their places in the file: nothing tells which thing a row is about. */
  numbered: z.boolean(),
  /** It came where the project says that new rows arrive, and joins training by the project's rule; else a person brought it. */
  arrived: z.literal(true).optional(),
  /** Requests that an endpoint captured, after one file and up to another: rows of production, should they join training. */
  captured: z
    .looseObject({
      endpoint: z.string(),
      from: z.string().nullable(),
      to: z.string(),
      /** Of the last files so many bytes were taken in: they may have grown since. */
      open: z.record(z.string(), z.number()),
    })
    .optional(),
  /** What a person should know of how it was read, a sentence each. */
  notes: z.array(z.string()),
  /** Every time it was judged, oldest first. */
  judged: z.array(
    z.looseObject({
      /** Key of the monitoring results. */
      results: z.string(),
      at: z.string(),
      modelVersion: z.string(),
      verdict: verdictSchema,
      labelled: z.number(),
    }),
  ),
  /** Why judging it failed, where that was the last that was tried; else absent. */
  failed: z.looseObject({ at: z.string(), modelVersion: z.string(), why: z.string() }).optional(),
  /** Labels that came later, oldest first. */
  labels: z.array(
    z.looseObject({ file: z.string(), sha256: z.string(), at: z.string(), matched: z.number(), replaced: z.number() }),
  ),
  /** Since when its rows join the next training; null: they do not. */
  accepted: z.looseObject({ at: z.string(), by: z.string() }).nullable(),
});
export type Batch = z.infer<typeof batchSchema>;
