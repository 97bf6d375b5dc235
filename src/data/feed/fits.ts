import type { Expectation } from '../../project/parts/expect-schema.js';

/** What may stand in a cell of a table. */
export type Cell = string | number | boolean | null;

/** Why a value is not what its column is to hold, in words with `told` for the value; undefined where it is. */
export function unfitBecause(
  value: Cell,
  { min, max, in: among, required }: Expectation,
  told: string,
): string | undefined {
  if (value === null) return required ? 'found nothing, expected a value' : undefined;
  if (min !== undefined || max !== undefined) {
    const range = [min === undefined ? '' : `at least ${min}`, max === undefined ? '' : `at most ${max}`];
    const expected = `a number of ${range.filter((part) => part !== '').join(' and ')}`;
    if (typeof value !== 'number' || value < (min ?? -Infinity) || value > (max ?? Infinity))
      return `found ${told}, expected ${expected}`;
  }
  if (among !== undefined && !among.includes(value))
    return `found ${told}, expected one of ${among.map((one) => JSON.stringify(one)).join(', ')}`;
  return undefined;
}
