import * as z from 'zod';
import { durationSchema } from '../duration.js';

const path = z
  .string()
  .min(1)
  .describe('Keys from the outside in, with dots between: "data.stations", "name.0.text"; "." is the answer itself.');

/** `sources.NAME.feed`: an address that says again and again how things stand. */
export const feedSchema = z.strictObject({
  url: z
    .string()
    .regex(/^https?:\/\/\S+$/i, 'a URL of http or https')
    .describe('Where the newest state is answered, as JSON.'),
  every: durationSchema
    .default('5m')
    .describe('How often it is asked; also the grid of time: of each step the first answer is kept.'),
  rows: path.default('.').describe('Where in the answer its rows are: "data.stations".'),
  time: z
    .strictObject({
      column: z.string().min(1).describe('The column of the table with the moment, in seconds since 1970.'),
      path: path.describe('Where the answer says of which moment it is: seconds, milliseconds or ISO 8601.'),
    })
    .describe('Of which moment an answer is. One older than the last is not taken.'),
  id: z.string().min(1).describe('The column that names a row: rows of one name that stand twice are set aside.'),
  columns: z
    .record(z.string().min(1), z.union([path, z.array(path).min(1)]))
    .describe(
      'The columns of the table, each with where in a row it stands; of several places the first that is there.',
    ),
  least: z.number().int().positive().default(1).describe('An answer with fewer rows is not taken.'),
  keep: z
    .union([durationSchema, z.literal('newest')])
    .default('14d')
    .describe('How long answers are kept; newest: only the last one is the table.'),
});
export type Feed = z.infer<typeof feedSchema>;
