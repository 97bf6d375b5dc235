import * as z from 'zod';
import { operatorSchema } from '../gates/verdict.js';

export const admissionCheckSchema = z.looseObject({
  id: z.string(),
  /** `waived`: it failed, and somebody answers for that until a date. */
  status: z.enum(['pass', 'fail', 'waived']),
  /** `ModelLatency p95, max of 5 min`, `recall of the newest verdict`. */
  looksAt: z.string(),
  value: z.number().nullable(),
  operator: operatorSchema,
  limit: z.number(),
  /** Points, or rows, that the value is made of. */
  n: z.number(),
  window: z.looseObject({ from: z.string(), to: z.string() }),
  why: z.string(),
  waiver: z.looseObject({ owner: z.string(), reason: z.string(), until: z.string() }).optional(),
});
export type AdmissionCheckResult = z.infer<typeof admissionCheckSchema>;

/** Whether a version may be released to an endpoint, check by check. Immutable. */
export const admissionSchema = z.looseObject({
  kind: z.literal('admission'),
  schemaVersion: z.literal(1),
  at: z.string(),
  environment: z.string(),
  /** Whose figures were looked at. */
  endpoint: z.string(),
  version: z.string().nullable(),
  admitted: z.boolean(),
  why: z.string(),
  checks: z.array(admissionCheckSchema),
});
export type Admission = z.infer<typeof admissionSchema>;
