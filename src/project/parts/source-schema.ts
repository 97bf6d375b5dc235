import * as z from 'zod';
import { encodings } from '../../documents/tables/encodings.js';
import { expectSchema, unfitSchema } from './expect-schema.js';
import { feedSchema } from '../live/feed-schema.js';

/** One of `sources`: where rows come from, and how they are read. */
export const sourceSchema = z.strictObject({
  files: z.string().describe('Path, glob or folder relative to the project; or a URL.'),
  format: z
    .enum(['zip-of-csv', 'table'])
    .default('table')
    .describe('zip-of-csv: archives with one CSV a partition (a day); table: any readable table.'),
  partition: z
    .string()
    .optional()
    .describe("The column that names the partition: the date in each member's file name."),
  links: z
    .strictObject({
      page: z.string().describe('The address of a page with links.'),
      match: z.string().describe('A regular expression that the name of a wanted file matches.'),
    })
    .optional()
    .describe("Where to find download links: a page, and a pattern that a link's file name matches."),
  types: z
    .record(z.string(), z.string())
    .default({})
    .describe(
      'DuckDB types by column name or * pattern; "date %d/%m/%y" says how dates are written. The first match wins; other columns are what all their values say, in zip-of-csv text.',
    ),
  nulls: z
    .array(z.string())
    .default([])
    .describe('Words such as NA that mean that a value is missing, where they stand without quotes.'),
  decimal: z.enum(['.', ',']).default('.').describe("What stands before a number's fraction."),
  encoding: z
    .enum(encodings)
    .default('utf-8')
    .describe('How the letters of delimited text are written: utf-8, latin1, windows-1252, utf-16le or utf-16be.'),
  sheet: z.string().optional().describe('The sheet of an .xlsx workbook; not needed where only one shows something.'),
  sql: z
    .string()
    .optional()
    .describe('SQL over the raw rows (view "raw") that makes the table, when the files are not ready tables.'),
  ready: z
    .array(z.string())
    .optional()
    .describe('Columns of the ready table: files that have them all are taken as they are, without "sql".'),
  optional: z.boolean().default(false).describe('Whether the project runs without this source.'),
  feed: feedSchema
    .optional()
    .describe('An address that is asked again and again (mlops watch, ingest); what it answers joins the files.'),
  expect: expectSchema,
  unfit: unfitSchema,
});
export type Source = z.infer<typeof sourceSchema>;
