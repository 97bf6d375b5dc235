import * as z from 'zod';
import { errorAboutSchema } from './error-about.js';

/** What `mlops … --json` prints instead of an answer when there is none. */
export const errorDocumentSchema = z.looseObject({
  kind: z.literal('error'),
  schemaVersion: z.literal(1),
  /** The exit code in a word. */
  code: z.enum(['verdict-fail', 'wrong-input', 'inconclusive', 'broke', 'refused', 'cancelled']),
  exitCode: z.number(),
  /** What was found where, and what was expected; one line a problem. */
  message: z.string(),
  /** The message without the place before it, where one stands there. */
  brief: z.string().optional(),
  /** What the program that asked may steer by: no words need to be searched. */
  about: errorAboutSchema.optional(),
});
export type ErrorDocument = z.infer<typeof errorDocumentSchema>;
