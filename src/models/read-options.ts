import { UnknownParameter, WrongParameter } from '../common/errors.js';
import { closest } from '../common/nearest.js';

/** How one option is read: returns its value or throws a plain sentence of what is expected. */
export type OptionReader<T> = (value: unknown) => T;

/**
 * Reads options by name. Names in `ignored` are accepted and do nothing here.
 * @throws InputError naming an unknown option (with the nearest known one) or a wrong value
 */
export function readOptions<T extends object>(
  given: Record<string, unknown>,
  readers: { [K in keyof T]: OptionReader<T[K]> },
  defaults: T,
  ignored: string[],
): T {
  const known = Object.keys(readers);
  const result = { ...defaults };
  for (const [name, value] of Object.entries(given)) {
    if (ignored.includes(name)) continue;
    if (!known.includes(name))
      throw new UnknownParameter(
        `unknown parameter "${name}"; did you mean "${closest(name, [...known, ...ignored])}"?`,
        name,
      );
    const key = name as keyof T;
    try {
      result[key] = readers[key](value);
    } catch (error) {
      if (!(error instanceof Expected)) throw error;
      throw new WrongParameter(name, value, error.message);
    }
  }
  return result;
}

class Expected extends Error {}

function expected(text: string): never {
  throw new Expected(text);
}

export function numberFrom(least: number, most = Infinity, above = false): OptionReader<number> {
  return (value) => {
    const range = `a number ${above ? 'above' : 'from'} ${least}${most < Infinity ? ` to ${most}` : ''}`;
    const inside = typeof value === 'number' && (above ? value > least : value >= least) && value <= most;
    return inside ? value : expected(range);
  };
}

export function wholeFrom(least: number): OptionReader<number> {
  return (value) =>
    Number.isInteger(value) && (value as number) >= least
      ? (value as number)
      : expected(`a whole number from ${least}`);
}

export const boolean: OptionReader<boolean> = (value) =>
  typeof value === 'boolean' ? value : expected('true or false');

export function oneOf<T extends string | null>(...allowed: T[]): OptionReader<T> {
  return (value) =>
    allowed.find((one) => one === value) ??
    (value === null && allowed.includes(null as T)
      ? (null as T)
      : expected(allowed.map((one) => JSON.stringify(one)).join(' or ')));
}

/** A value that may be null as well. */
export function orNull<T>(reader: OptionReader<T>): OptionReader<T | null> {
  return (value) => (value === null ? null : reader(value));
}

/** `"balanced"`, or a weight for each class by its number. */
export type ClassWeight = 'balanced' | Record<string, number> | null;

export const classWeight: OptionReader<ClassWeight> = (value) => {
  if (value === null || value === 'balanced') return value;
  const table = typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [];
  if (table.length > 0 && table.every(([, weight]) => typeof weight === 'number' && weight >= 0))
    return value as Record<string, number>;
  return expected('"balanced", null, or a weight for each class');
};
