import type { Fields } from './fields.js';
import { Refusal } from './refusal.js';

const shapes = '{"inputs": {"dataframe_split": {"columns": […], "data": [[…]]}}} or {"data": [[…]]}';

/**
 * The rows of a table as pandas writes it (`orient="split"`), by column: its columns may stand in any order, and
 * others beside them. Without names the values stand in the model's order. A number may be written as a text.
 * @throws Refusal (400) for another structure, or naming the columns that are missing
 */
export function dataframeRows(body: unknown, { columns, find }: Fields): Record<string, unknown>[] {
  const { names, data } = tableIn(body);
  const expected = columns.map(({ name }) => name);
  const fields = names?.map((name) => find(name)) ?? columns;
  const missing = columns.filter((field) => !field.optional && !fields.includes(field)).map(({ name }) => name);
  if (missing.length > 0) throw new Refusal(400, { error: 'missing_required_columns', missing, expected });
  const twice = fields.find((field, at) => field !== undefined && fields.indexOf(field) < at);
  if (twice !== undefined) throw unsupported(`found the column ${twice.name} twice, expected it once`);
  if (data.length === 0) throw unsupported('found no rows, expected at least one');
  return data.map((row, at) => {
    if (!Array.isArray(row)) throw unsupported(`row ${at + 1}: found no list, expected one of ${fields.length} values`);
    if (row.length !== fields.length)
      throw unsupported(`row ${at + 1}: found ${row.length} values, expected ${fields.length}`);
    const cells = fields.flatMap((field, place) =>
      field === undefined ? [] : [[field.name, isNumeric(field.type) ? numberIn(row[place]) : row[place]] as const],
    );
    return Object.fromEntries(cells);
  });
}

function tableIn(body: unknown): { names?: string[]; data: unknown[] } {
  const outer = valueOf(body, 'inputs') ?? body;
  const split = valueOf(outer, 'dataframe_split') ?? outer;
  const [names, data] = [valueOf(split, 'columns'), valueOf(split, 'data')];
  if (!Array.isArray(data)) throw unsupported(`unsupported structure, expected ${shapes}`);
  if (names === undefined) return { data };
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string'))
    throw unsupported('columns: found something else, expected a list of names');
  return { names, data };
}

const isNumeric = (type: string) => type === 'any number' || type === 'number' || type === 'integer';

/** Text that is a number in full; all else stays what it is, and is refused as that. */
function numberIn(value: unknown): unknown {
  return typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value) ? Number(value) : value;
}

function valueOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function unsupported(error: string): Refusal {
  return new Refusal(400, { error });
}
