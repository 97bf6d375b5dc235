import { InputError } from '../../../common/errors.js';

/** @throws InputError for a text that is no number */
export function numberOf(flag: string, text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new InputError(`${flag}: found "${text}", expected a number`);
}
