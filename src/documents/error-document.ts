import { z } from 'zod';

/** What `mlops … --json` prints instead of an answer when there is none. */
export const errorDocumentSchema = z.looseObject({
  kind: z.literal('error'),
  schemaVersion: z.literal(1),
  /** The exit code in a word. */
  code: z.enum(['verdict-fail', 'wrong-input', 'inconclusive', 'broke', 'refused', 'cancelled']),
  exitCode: z.number(),
  /** What was found where, and what was expected; one line a problem. */
  message: z.string(),
});
export type ErrorDocument = z.infer<typeof errorDocumentSchema>;
