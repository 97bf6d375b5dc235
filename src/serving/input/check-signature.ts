import type { BundleInput } from '../../models/bundle/bundle.js';
import { badRequest } from '../request-error.js';
import { shown, type Decoded } from './rows.js';

/** So many faults are named; who sent them mends the cause, not each. */
const mostNamed = 20;

/**
 * Holds a request against the columns that a model was registered with: every field that is missing, unknown or of
 * another type is named.
 * @throws RequestError (400) with all of them
 */
export function checkSignature(decoded: Decoded, inputs: BundleInput[]): void {
  const { names, rows } = named(decoded, inputs);
  const known = new Map(inputs.map(({ name, type }) => [name, type]));
  const missing = inputs.filter(({ name }) => !names.includes(name)).map(({ name }) => `${name} is missing`);
  const unknown = names.filter((name) => !known.has(name)).map((name) => `${name} is not one of the model's columns`);
  const wrong = names.flatMap((name, place) => {
    const type = known.get(name);
    const row = type === undefined ? -1 : rows.findIndex((cells) => !fits(cells[place], type));
    return row < 0 ? [] : [`${name} is ${shown(rows[row]![place])} in row ${row + 1}, expected a ${type} or null`];
  });
  const problems = [...missing, ...unknown, ...wrong];
  if (problems.length === 0) return;
  const more = problems.length > mostNamed ? `; and ${problems.length - mostNamed} more` : '';
  throw badRequest(`the request does not fit the model: ${problems.slice(0, mostNamed).join('; ')}${more}`, {
    required_features: inputs.map(({ name, type }) => ({ name, type })),
  });
}

/** Rows without names stand in the model's order; how many there are is looked at when they become a table. */
function named(decoded: Decoded, inputs: BundleInput[]): { names: string[]; rows: unknown[][] } {
  if (decoded.form === 'record')
    return { names: Object.keys(decoded.features), rows: [Object.values(decoded.features)] };
  return { names: decoded.rows.names ?? inputs.map(({ name }) => name), rows: decoded.rows.cells };
}

function fits(value: unknown, type: BundleInput['type']): boolean {
  if (value === null || value === undefined) return true;
  return type === 'number' ? typeof value === 'number' || typeof value === 'boolean' : typeof value !== 'object';
}
