import * as z from 'zod';

const figure = z.number().nullable();

/** One trial: one setting of the parameters, judged on the folds. A stopped trial was cut by successive halving. */
export const trialSchema = z.looseObject({
  id: z.number(),
  status: z.enum(['waiting', 'running', 'finished', 'stopped', 'failed']),
  parameters: z.record(z.string(), z.unknown()),
  /** Mean over the folds, and the folds' own; null with a reason when it could not be computed. */
  score: figure,
  std: figure,
  foldScores: z.array(figure),
  /** The means over the folds of what came with the score, by their names. */
  figures: z.record(z.string(), figure).optional(),
  /** Rounds (or trees) that were trained; with halving, the resource of the last rung. */
  rounds: figure,
  rung: z.number().nullable(),
  seconds: figure,
  reason: z.string().optional(),
  /** The parameter that a failed one was told to be wrong in. */
  parameter: z.string().optional(),
});
export type Trial = z.infer<typeof trialSchema>;

/** `artifacts/search/<candidate>/search_results.json`: every trial of a search, and the best one. */
export const searchResultsSchema = z.looseObject({
  kind: z.literal('search-results'),
  schemaVersion: z.literal(1),
  candidate: z.string(),
  family: z.string(),
  strategy: z.enum(['grid', 'random', 'halving']),
  metric: z.string(),
  better: z.enum(['higher', 'lower']),
  folds: z.looseObject({ by: z.enum(['row', 'label', 'group', 'time']), k: z.number() }),
  seed: z.number(),
  /** The names of the parameters that the trials differ in. */
  varied: z.array(z.string()).optional(),
  /** Equal ones: the same question (candidate and search); the same question of the same rows. */
  question: z.string().optional(),
  fingerprint: z.string().optional(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  status: z.enum(['running', 'finished', 'interrupted']),
  planned: z.number(),
  best: z.number().nullable(),
  trials: z.array(trialSchema),
});
export type SearchResults = z.infer<typeof searchResultsSchema>;

/** `artifacts/search/<candidate>/trials/<id>-<rung>.json`: one trial's answer, by which a killed search goes on. */
export const trialRecordSchema = z.looseObject({
  kind: z.literal('search-trial'),
  schemaVersion: z.literal(1),
  fingerprint: z.string(),
  trial: trialSchema,
});
