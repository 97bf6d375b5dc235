import * as z from 'zod';
import { monitoringResultsSchema } from './monitoring.js';
import { verdictSchema } from './gates/verdict.js';

/** What `labels add` answers: the batches that labels of a file belong to, and what is said of them now. */
export const labelsAddedSchema = z.looseObject({
  kind: z.literal('labels-added'),
  schemaVersion: z.literal(1),
  /** The name of the file. */
  file: z.string(),
  /** Rows of the file with a label; `matched` of them belong to a row of some batch. */
  labels: z.number(),
  matched: z.number(),
  unmatched: z.number(),
  batches: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      rows: z.number(),
      labelled: z.number(),
      added: z.number(),
      replaced: z.number(),
      /** Had the same label before. */
      same: z.number(),
    }),
  ),
  /** The worst of those that were judged again; null: nothing was new. */
  verdict: verdictSchema.nullable(),
  results: z.array(monitoringResultsSchema),
});
export type LabelsAdded = z.infer<typeof labelsAddedSchema>;
