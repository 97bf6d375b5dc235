import type { Expectation } from '../../project/expect-schema.js';

/** What may stand in a cell of a table. */
export type Cell = string | number | boolean | null;

/** Why a value is not what its column is to hold, in words; undefined where it is. */
export function unfitBecause(value: Cell, { min, max, in: among, required }: Expectation): string | undefined {
  if (value === null) return required ? 'found nothing, expected a value' : undefined;
  if (min !== undefined || max !== undefined) {
    const range = [min === undefined ? '' : `at least ${min}`, max === undefined ? '' : `at most ${max}`];
    const expected = `a number of ${range.filter((part) => part !== '').join(' and ')}`;
    if (typeof value !== 'number' || value < (min ?? -Infinity) || value > (max ?? Infinity))
      return `found ${shown(value)}, expected ${expected}`;
  }
  if (among !== undefined && !among.includes(value))
    return `found ${shown(value)}, expected one of ${among.map(shown).join(', ')}`;
  return undefined;
}

const longest = 40;
const shown = (value: Cell): string => {
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
};
