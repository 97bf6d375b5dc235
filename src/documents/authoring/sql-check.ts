import * as z from 'zod';

const columnSchema = z.object({ name: z.string(), type: z.string() });

/** What a window asks the process that checks what is typed: one line of JSON. */
export const checkQuestionSchema = z.object({
  id: z.number(),
  /** The project's folder, and the text of its file as it is being written. */
  folder: z.string(),
  project: z.string(),
  /** SQL that is written; absent: only the tables are asked for. */
  sql: z.string().optional(),
  /** Whether the tables may be looked at: in a folder that nobody trusts, SQL is parsed and nothing else. */
  bind: z.boolean(),
});
export type CheckQuestion = z.infer<typeof checkQuestionSchema>;

const sqlProblemSchema = z.object({
  /** In characters of the whole SQL, from 0. */
  from: z.number(),
  to: z.number(),
  /** DuckDB's words, or ours. */
  message: z.string(),
  /** The name that was probably meant. */
  instead: z.string().optional(),
});
export type SqlProblem = z.infer<typeof sqlProblemSchema>;

/** Its answer. */
export const checkAnswerSchema = z.object({
  id: z.number(),
  /** Columns of the sources' tables, by source; a source that was not ingested has none. */
  tables: z.record(z.string(), z.array(columnSchema)),
  problems: z.array(sqlProblemSchema),
  /** What the SQL selects; null where it cannot be told. */
  columns: z.array(columnSchema).nullable(),
});
export type CheckAnswer = z.infer<typeof checkAnswerSchema>;
