import * as z from 'zod';
import { commandSchema } from '../commands.js';

export const share = z.number().min(0).max(1).describe('A share of all, from 0 to 1.');
export const splitSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('entity').describe('By a hash of the entity: all rows of one thing stand in one part.'),
    seed: z.number().int().default(42).describe('The same seed makes the same split.'),
    train: share,
    validation: share,
    test: share,
    production: share,
  }),
  /** A column of the table says it: its values are named for each part; a part may be fed by several values. */
  z.strictObject({
    by: z.literal('column').describe('By the values of a column.'),
    column: z.string().describe('The column whose value says which part a row belongs to.'),
    train: z
      .array(z.string())
      .default(['train'])
      .describe('Values of that column whose rows are learned from. Default: "train".'),
    validation: z
      .array(z.string())
      .default(['validation'])
      .describe('Values of that column whose rows are for choosing model and threshold. Default: "validation".'),
    test: z
      .array(z.string())
      .default(['test'])
      .describe('Values of that column whose rows are for proving a model. Default: "test".'),
    production: z
      .array(z.string())
      .default(['production'])
      .describe('Values of that column whose rows are for judging a served one. Default: "production".'),
    waiting: z
      .array(z.string())
      .optional()
      .describe('Of rows whose label is yet to come: they stand in no part, and "live" asks about the newest of them.'),
  }),
]);

export const featuresSchema = z.strictObject({
  sql: z
    .string()
    .default('features.sql')
    .describe('DuckDB SQL over the sources, ending in one SELECT: one row an example.'),
  command: commandSchema
    .optional()
    .describe('A program that makes the table of features instead of the SQL: a channel a source, one table left.'),
  format: z
    .enum(['csv', 'parquet'])
    .optional()
    .describe('How the channels of "command" hold the rows: csv by default.'),
  entity: z
    .string()
    .describe(
      'The column that names the thing a row is about. None stands in two parts, unless rows have a time and a column divides them.',
    ),
  time: z.string().optional().describe("The column with the row's own time, if it has one."),
  split: splitSchema.describe('How rows are divided into training, validation, test and production.'),
});
