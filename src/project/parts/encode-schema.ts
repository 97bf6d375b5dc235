import * as z from 'zod';

/** How one column of texts or dates becomes numbers. */
const encodingSchema = z.union([
  z.enum(['category', 'one-hot', 'ordinal', 'frequency', 'target', 'date-parts', 'age']),
  z.strictObject({ ordinal: z.array(z.string()).min(1).describe('The values from the least to the most.') }),
  z.strictObject({
    age: z.iso.date().describe('Days are counted from the date to this one: "2025-01-01".'),
  }),
]);
export type Encoding = z.infer<typeof encodingSchema>;

/** `model.encode`: by column or * pattern; dates may have both of theirs. */
export const encodeSchema = z
  .record(z.string(), z.union([encodingSchema, z.array(encodingSchema).min(1).max(2)]))
  .describe(
    'How texts and dates become numbers, by column or * pattern: category, one-hot, ordinal, frequency, target, date-parts or age. Other columns get what suits their values. Fitted on the training rows.',
  );
