import { readFile } from 'node:fs/promises';
import { InputError, messageOf } from '../../common/errors.js';
import { fileError } from '../../common/files.js';
import { fromXgboost, readParameters } from '../../models/index.js';

/** What a file of parameters asks for, and what a person should know about how it was read. */
export interface ParameterFile {
  parameters: Record<string, unknown>;
  notes: string[];
}

/**
 * Reads and checks a JSON file of LightGBM's parameters, or XGBoost's with `"family": "xgboost"`.
 * @throws InputError naming the file and the parameter
 */
export async function readParameterFile(file: string): Promise<ParameterFile> {
  const { family = 'lightgbm', ...given } = await readObject(file);
  try {
    const found = family === 'xgboost' ? fromXgboost(given) : { parameters: given, notes: [] };
    if (family !== 'xgboost' && family !== 'lightgbm')
      throw new InputError(`family is ${JSON.stringify(family)}, expected "lightgbm" or "xgboost"`);
    readParameters(found.parameters);
    return found;
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${file}: ${error.message}`, { cause: error }) : error;
  }
}

async function readObject(file: string): Promise<Record<string, unknown>> {
  const text = await textOf(file, 'parameters');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError(`${file}: ${messageOf(error)}; expected a JSON object of parameters`, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError(`${file}: found ${JSON.stringify(value).slice(0, 40)}, expected a JSON object of parameters`);
  return value as Record<string, unknown>;
}

/** A text file that the user named. @throws InputError when there is none */
export async function textOf(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const none = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (none) throw new InputError(`${file}: found no such file, expected ${what}`, { cause: error });
    throw fileError('read', file, error);
  }
}
