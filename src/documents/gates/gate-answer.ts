import * as z from 'zod';
import { gateResultSchema, softGroupSchema, verdictSchema } from './verdict.js';

/** What rules say to one set of results, when they are asked anew. */
export const gateAnswerSchema = z.looseObject({
  kind: z.literal('gate-answer'),
  schemaVersion: z.literal(1),
  /** The file or key, or when the run was. */
  results: z.string(),
  modelVersion: z.string().nullable(),
  verdict: verdictSchema,
  gates: z.array(gateResultSchema),
  /** Null where there are no soft gates. */
  soft: softGroupSchema.nullable(),
  /** Gates that judge candidates only. */
  promotionGates: z.array(z.string()),
  /** Rows without a label, where that is recorded. */
  unlabelled: z.number().nullable(),
  /** What a person must know before trusting the answer. */
  notes: z.array(z.string()),
});
export type GateAnswer = z.infer<typeof gateAnswerSchema>;
