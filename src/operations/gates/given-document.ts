import { readFile } from 'node:fs/promises';
import { InputError, messageOf, NoSuchObject } from '../../common/errors.js';
import { codeOf, fileError } from '../../common/files.js';
import type { Environment } from '../../platform/ports/environment.js';
import { address } from '../buckets/address.js';

/**
 * A JSON document that a person named: a file on this machine, else a key of the environment's bucket; `s3://…` in any.
 * @throws InputError naming it, where there is none or it is no JSON
 */
export async function readGivenDocument(
  { objects, name: place }: Environment,
  name: string,
  what: string,
): Promise<unknown> {
  const text = await textOf(objects, name);
  if (text === undefined)
    throw new NoSuchObject(
      `${name}: found ${isPath(name) ? 'no such file' : `no such file or object of ${place}`}, expected ${what}`,
      name,
    );
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${name}: ${messageOf(error)}; expected ${what} in JSON`, { cause: error });
  }
}

/** Keys are relative and have no dots before them. */
const isPath = (name: string) => /^([./\\]|[A-Za-z]:\\)/.test(name);

async function textOf(objects: Environment['objects'], name: string): Promise<string | undefined> {
  const { bucket, key } = address(name);
  if (bucket === undefined) {
    try {
      return await readFile(name, 'utf8');
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw fileError('read', name, error);
    }
  }
  if (isPath(name)) return undefined;
  const bytes = await objects.read(key, { bucket });
  return bytes && Buffer.from(bytes).toString('utf8');
}
