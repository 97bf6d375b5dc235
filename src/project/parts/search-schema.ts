import * as z from 'zod';

const rangeSchema = z.strictObject({
  from: z.number().describe('The least value.'),
  to: z.number().describe('The largest value.'),
  scale: z
    .enum(['linear', 'log'])
    .default('linear')
    .describe('log: evenly in the logarithm, for what spans several sizes.'),
  whole: z.boolean().default(false).describe('Whole numbers only.'),
});

/** The `search` of a candidate: parameters that are looked for instead of given. */
export const searchSchema = z.strictObject({
  strategy: z
    .enum(['grid', 'random', 'halving'])
    .default('random')
    .describe('grid: every combination; random: so many draws; halving: begin cheaply, the best go on.'),
  trials: z.number().int().min(1).max(10_000).default(40).describe('How many settings are tried; a grid tries all.'),
  seed: z.number().int().nonnegative().default(42).describe('The same seed tries the same settings on the same folds.'),
  folds: z
    .strictObject({
      by: z
        .enum(['row', 'label', 'group', 'time'])
        .optional()
        .describe(
          "How rows are divided: label keeps each label's share, group keeps an entity together, time judges later rows. Default: group where entities repeat, else label (row for a regression).",
        ),
      k: z.number().int().min(2).max(50).default(5).describe('How many folds.'),
      shuffle: z.boolean().default(true).describe('by row, label or group: mix rows by the seed first.'),
      gap: z.number().int().nonnegative().default(0).describe('by time: distinct times left out before those judged.'),
    })
    .prefault({})
    .describe('How a setting is judged: on rows that it was not fitted on, in turn.'),
  metric: z.string().optional().describe('The figure that decides. Default: the one that chooses between candidates.'),
  eta: z.number().min(2).max(10).default(3).describe('halving: one in so many goes on, with as many times the work.'),
  rungs: z.number().int().min(1).max(8).default(3).describe('halving: how often at most.'),
  resource: z
    .enum(['rounds', 'rows'])
    .optional()
    .describe('halving: what a first try gets less of. Default: rounds (trees); rows for a linear model.'),
  space: z
    .record(z.string(), z.union([z.array(z.unknown()).min(1), rangeSchema]))
    .describe("Values by the learner's own parameter names: a list, or a range from … to …."),
});
export type Search = z.infer<typeof searchSchema>;
