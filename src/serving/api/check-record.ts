import type { Cell } from '../input/rows.js';
import type { Field, Fields } from './fields.js';
import type { Fault } from './refusal.js';

/** A record as the model takes it, and what its sender put beside that. */
export interface CheckedRecord {
  features: Record<string, Cell>;
  extra: Record<string, Cell>;
}

/**
 * Holds a record against the fields: each that is missing, unknown, twice there or not what it has to be is a fault.
 * `loc` is the way to the record; `beside` are names that stand for something else. Null is a missing value, taken only of an optional field.
 */
export function checkRecord(
  record: Readonly<Record<string, unknown>>,
  fields: Fields,
  loc: Fault['loc'],
  faults: Fault[],
  beside: readonly string[] = [],
): CheckedRecord {
  const sent = new Map<Field, { name: string; value: unknown }>();
  for (const [name, value] of Object.entries(record)) {
    if (beside.includes(name)) continue;
    const field = fields.find(name);
    const note = (type: string, msg: string) => faults.push({ loc: [...loc, name], msg, type });
    if (field === undefined) note('extra_forbidden', 'Extra inputs are not permitted');
    else if (sent.has(field)) note('duplicate_field', `Field is there already, as ${sent.get(field)!.name}`);
    else sent.set(field, { name, value });
  }
  const take = (list: readonly Field[]) => {
    const taken: Record<string, Cell> = {};
    for (const field of list) {
      const { name, value } = sent.get(field) ?? { name: field.name, value: undefined };
      if (value === undefined && !field.optional) {
        faults.push({ loc: [...loc, field.name], msg: 'Field required', type: 'missing' });
        continue;
      }
      if (value === undefined || (value === null && field.optional)) {
        taken[field.name] = null;
        continue;
      }
      const wrong = faultOf(value, field);
      if (wrong === undefined) taken[field.name] = value as Cell;
      else faults.push({ loc: [...loc, name], ...wrong });
    }
    return taken;
  };
  return { features: take(fields.columns), extra: take(fields.extra) };
}

type Wrong = Omit<Fault, 'loc'>;

const kinds: Record<Field['type'], [type: string, what: string, fits: (value: unknown) => boolean]> = {
  number: ['float_type', 'number', isNumber],
  'any number': ['float_type', 'number', (value) => isNumber(value) || typeof value === 'boolean'],
  integer: ['int_type', 'integer', Number.isSafeInteger],
  text: ['string_type', 'string', (value) => typeof value === 'string'],
  boolean: ['bool_type', 'boolean', (value) => typeof value === 'boolean'],
  category: ['string_type', 'string', (value) => isNumber(value) || ['string', 'boolean'].includes(typeof value)],
};

/** More is no value of a category, and no sentence that a model looks at. */
const mostCharacters = 100_000;

function faultOf(value: unknown, { type, min, max, values, length = mostCharacters }: Field): Wrong | undefined {
  const [name, what, fits] = kinds[type];
  if (!fits(value)) return { type: name, msg: `Input should be a valid ${what}` };
  if (values !== undefined && !values.includes(value as string))
    return { type: 'literal_error', msg: `Input should be ${listed(values)}` };
  if (typeof value === 'string' && value.length > length)
    return { type: 'string_too_long', msg: `String should have at most ${length} characters` };
  if (typeof value !== 'number') return undefined;
  if (min !== undefined && value < min)
    return { type: 'greater_than_equal', msg: `Input should be greater than or equal to ${min}` };
  if (max !== undefined && value > max)
    return { type: 'less_than_equal', msg: `Input should be less than or equal to ${max}` };
  return undefined;
}

/** What stands in JSON as a number too large for one is none. */
function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value);
}

function listed(values: readonly unknown[]): string {
  const words = values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value)));
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
