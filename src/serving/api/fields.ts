import type { BundleInput } from '../../models/bundle/bundle.js';
import { matchesPattern } from '../../project/columns.js';
import type { ApiField, ApiRoute } from '../../project/parts/api-schema.js';

/** One field of a request. */
export interface Field extends Omit<ApiField, 'type' | 'alias' | 'optional'> {
  /** As the model knows it. */
  name: string;
  /** `category`: what a column of texts takes where nothing was said of it: a text, a number, true or false. */
  type: NonNullable<ApiField['type']> | 'category' | 'any number';
  optional: boolean;
}

/** The fields of a route, and the field that a caller's name stands for. */
export interface Fields {
  /** Those of the model, in its order. */
  columns: readonly Field[];
  extra: readonly Field[];
  find: (name: string) => Field | undefined;
}

/** The fields of a request: one for each column of the model, and those that the route takes beside them. */
export function fieldsOf(inputs: readonly BundleInput[], { input = {}, extra = {}, alike = [] }: Said): Fields {
  const columns = inputs.map(({ name, type }) => {
    const said = saidOf(name, input);
    return { ...fieldOf(name, said), type: said.type ?? (type === 'number' ? 'any number' : 'category') } as const;
  });
  const beside = Object.entries(extra).map(([name, said]) => fieldOf(name, said));
  const byName = new Map<string, Field>();
  const add = (name: string, field: Field) => byName.has(name) || byName.set(name, field);
  // A field's own name comes before what others are called besides, and that before what only looks like one.
  const all = [...columns, ...beside];
  for (const field of all) add(field.name, field);
  for (const field of columns) for (const other of saidOf(field.name, input).alias ?? []) add(other, field);
  const known = new Map([...byName].map(([name, field]) => [plain(name, alike), field]));
  const find = (name: string) => byName.get(name) ?? (alike.length === 0 ? undefined : known.get(plain(name, alike)));
  return { columns, extra: beside, find };
}

export type Said = Pick<ApiRoute, 'input' | 'extra' | 'alike'>;

function fieldOf(name: string, { type = 'text', optional = false, min, max, values, length }: ApiField): Field {
  return { name, type, optional, min, max, values, length };
}

/** What the project says of a column: under its own name, else under the first pattern that it fits. */
function saidOf(name: string, input: Record<string, ApiField>): ApiField {
  if (Object.hasOwn(input, name)) return input[name]!;
  return Object.entries(input).find(([pattern]) => matchesPattern(pattern, name))?.[1] ?? {};
}

/** A name with all signs that count as the same written as the first of them. */
function plain(name: string, alike: readonly string[]): string {
  return [...name].map((sign) => (alike.includes(sign) ? alike[0] : sign)).join('');
}
