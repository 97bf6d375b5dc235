import * as z from 'zod';

/** Java writes figures that do not exist as texts. */
export const figure = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);

/** What was not computed is absent, or null. */
export const maybe = <Schema extends z.ZodType>(schema: Schema) =>
  schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();

/** Clarify writes it as a text. */
export const version = z.union([z.number(), z.string()]).optional();

/** `Integral`, `Fractional`, `String`, or `Unknown` for a column without values. */
export const inferredTypeSchema = z.string();
