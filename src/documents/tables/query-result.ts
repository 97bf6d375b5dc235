import * as z from 'zod';

/** What a query of a feature group answered: so many of its rows. */
export const queryResultSchema = z.looseObject({
  kind: z.literal('query-result'),
  schemaVersion: z.literal(1),
  group: z.string(),
  environment: z.string(),
  sql: z.string(),
  /** What ran it. */
  engine: z.enum(['duckdb', 'athena']),
  at: z.string(),
  /** With the types of what ran it. */
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  /** Of the whole result; null where nobody counted, and `reasons.total` says why. */
  total: z.number().nullable(),
  /** Where the whole result lies, if it was kept. */
  result: z.string().nullable(),
  reasons: z.record(z.string(), z.string()).default({}),
});
export type QueryResult = z.infer<typeof queryResultSchema>;
