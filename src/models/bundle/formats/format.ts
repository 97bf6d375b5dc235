import type * as z from 'zod';
import { InputError } from '../../../common/errors.js';
import { firstProblem } from '../../../common/schema-words.js';
import type { Bundle } from '../bundle.js';
import type { OutsideModel, OwnModel } from '../outside-model.js';

/** The body of a file: texts as they are, or bytes. */
export type Body = string | Uint8Array;

/** How a model lies in a bundle: in one file. */
export interface ModelFormat {
  /** What the file may be called. */
  files: readonly string[];
  /** @throws InputError naming the file and what is wrong in it */
  open(body: Body, file: string, about: Pick<Bundle, 'inputs' | 'metadata'>): OwnModel | OutsideModel;
}

export const textOf = (body: Body): string => (typeof body === 'string' ? body : Buffer.from(body).toString('utf8'));
export const bytesOf = (body: Body): Uint8Array => (typeof body === 'string' ? Buffer.from(body, 'utf8') : body);

/** JSON of a given form. @throws InputError naming the file, and the key where one is wrong or missing */
export function parseJson<T>(file: string, body: Body, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(textOf(body));
  } catch (error) {
    throw new InputError(`${file} is not JSON`, { cause: error });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InputError(`${file}: ${firstProblem(result.error, value)}`);
}

export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
