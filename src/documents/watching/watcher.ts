import * as z from 'zod';

const duty = z.looseObject({
  name: z.string(),
  /** Milliseconds between two looks. */
  every: z.number(),
  /** When it was done last, ISO 8601; null: not yet. */
  at: z.string().nullable(),
  /** What came of it when it last said something; of a failure why. */
  said: z.string().nullable(),
  /** Whether it could not be done the last time. */
  failed: z.boolean(),
  looks: z.number(),
  failures: z.number(),
});
/** What is done again and again while a project is watched, and how it went. */
export type DutyRecord = z.infer<typeof duty>;

/** `.mlops/watching/<environment>/watcher.json`: what whoever watches did last. It lives while its lease is held. */
export const watcherSchema = z.looseObject({
  kind: z.literal('watcher'),
  schemaVersion: z.literal(1),
  environment: z.string(),
  since: z.string(),
  duties: z.array(duty),
});
export type Watcher = z.infer<typeof watcherSchema>;

/** A line of `said.jsonl` beside it: what a duty said, kept. */
export interface Said {
  at: string;
  duty: string;
  text: string;
  failed: boolean;
}
