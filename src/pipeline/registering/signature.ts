import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as z from 'zod';
import { InputError, WrongInput } from '../../common/errors.js';
import { withNumericTable, type NumericTable } from '../../data/numeric-table.js';
import type { BundleInput } from '../../models/bundle/bundle.js';
import type { FoundModel } from './found-model.js';

/** A column that a model takes; without a type it is what the rows hold. */
export interface InputColumn {
  name: string;
  type?: BundleInput['type'];
}

const words: Record<string, BundleInput['type']> = {
  ...{ number: 'number', integer: 'number', long: 'number', float: 'number', double: 'number', boolean: 'number' },
  ...{ category: 'category', string: 'category', text: 'category' },
};

const column = z.union([
  z.string().transform((name) => ({ name, type: undefined })),
  z.object({ name: z.string(), type: z.string().optional() }),
]);
const signature = z.union([z.array(column), z.object({ inputs: z.array(column) }).transform(({ inputs }) => inputs)]);

/** Columns as a signature in JSON tells them: `["a", …]`, `[{ "name", "type" }, …]`, either under `inputs` too. */
export function signatureIn(text: string, file: string): InputColumn[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new WrongInput({ file, found: 'what is no JSON', expected: 'a signature' }, { cause: error });
  }
  const read = signature.safeParse(value);
  if (!read.success || read.data.length === 0)
    throw new WrongInput({ file, found: 'no list of columns', expected: '[{ "name": "age", "type": "number" }, …]' });
  return read.data.map(({ name, type }) => {
    if (type !== undefined && words[type] === undefined)
      throw new WrongInput({ file, found: `type ${type}`, column: name, expected: Object.keys(words).join(', ') });
    return { name, type: type === undefined ? undefined : words[type] };
  });
}

/** Columns from a file: a signature in JSON, or a table that has the model's columns in its order, and the label maybe. */
export async function inputsFile(path: string, label: string, signal: AbortSignal): Promise<InputColumn[]> {
  if (path.endsWith('.json')) {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      throw new InputError(`--inputs: found no file ${path}, expected a signature or a table`, { cause: error });
    });
    return signatureIn(text, basename(path));
  }
  return withNumericTable(path, { header: true, signal }, ({ columns }: NumericTable) =>
    Promise.resolve(columns.filter(({ name, isIndex }) => !isIndex && name !== label).map(({ name }) => ({ name }))),
  );
}

/**
 * The columns of a model: what it tells itself, and what its user says where it tells none.
 * @throws InputError naming what does not fit
 */
export function inputsOf({ names, inputs, width, family }: FoundModel, said: InputColumn[] | undefined): InputColumn[] {
  if (names !== null) {
    if (said !== undefined && !sameNames(names, said))
      throw new InputError(
        `--inputs: found ${listed(said.map(({ name }) => name))}, expected the model's ${listed(names)}`,
      );
    const types = new Map([...(inputs ?? []), ...(said ?? [])].map(({ name, type }) => [name, type]));
    return names.map((name) => ({ name, type: types.get(name) }));
  }
  if (said === undefined)
    throw new InputError(
      `the ${family} model does not tell the names of its ${width ?? ''} columns; name them in its order: ` +
        '--inputs FILE (a signature in JSON, or a table that has just these), or --columns a,b,c',
    );
  const twice = said.find(({ name }, at) => said.findIndex((one) => one.name === name) !== at);
  if (twice) throw new InputError(`--inputs: found ${twice.name} twice, expected each column once`);
  if (width !== null && said.length !== width)
    throw new InputError(`--inputs: found ${said.length} columns, expected the model's ${width}`);
  return said;
}

const sameNames = (names: string[], said: InputColumn[]) =>
  said.length === names.length && said.every(({ name }) => names.includes(name));

const listed = (names: string[]) => (names.length > 8 ? `${names.slice(0, 8).join(', ')}, …` : names.join(', '));
