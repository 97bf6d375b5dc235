import * as z from 'zod';

/** What the values of one column must be; a missing value is fit unless it is `required`. */
const expectationSchema = z
  .strictObject({
    min: z.number().optional().describe('The least number.'),
    max: z.number().optional().describe('The largest number.'),
    in: z
      .array(z.union([z.string(), z.number(), z.boolean()]))
      .min(1)
      .optional()
      .describe('The only values.'),
    required: z.boolean().default(false).describe('Whether each row must have a value.'),
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, 'a "min" of at most "max"');
export type Expectation = z.infer<typeof expectationSchema>;

/** `sources.NAME.expect`. */
export const expectSchema = z
  .record(z.string(), expectationSchema)
  .optional()
  .describe(
    'What the values of columns must be: {"volt": {"min": 0, "max": 400}, "model": {"in": ["A", "B"]}, "id": {"required": true}}.',
  );

/** `sources.NAME.unfit`. */
export const unfitSchema = z
  .enum(['refuse', 'set-aside'])
  .optional()
  .describe(
    'Rows that are not what "expect" says. refuse: the run stops and names them, as without a word; set-aside: they are left out, counted, and kept below ingest_errors/.',
  );
