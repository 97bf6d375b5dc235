import { readFile, writeFile } from 'node:fs/promises';
import { InvalidArgumentError, Option } from 'commander';
import { InputError } from '../common/errors.js';
import { codeOf, fileError } from '../common/files.js';

/** The bytes of a file that a person named. @throws InputError when it is not there or is none */
export async function readGiven(path: string, forWhat: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') throw new InputError(`${forWhat}: found no file ${path}`, { cause: error });
    if (code === 'EISDIR') throw new InputError(`${forWhat}: ${path} is a folder, expected a file`, { cause: error });
    throw fileError('read', path, error);
  }
}

/** @throws InputError when its folder is not there */
export async function writeGiven(path: string, bytes: Uint8Array | string): Promise<void> {
  try {
    await writeFile(path, bytes);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw new InputError(`found no folder for ${path}, expected one`, { cause: error });
    throw fileError('write', path, error);
  }
}

/** A number of things, for commander. */
export function wholeNumber(text: string): number {
  if (/^[0-9]+$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError(`found "${text}", expected a whole number above 0.`);
}

/** `--fail-on`, as every command with a verdict has it. */
export const failOn = (): Option =>
  new Option('--fail-on <verdict>', 'exit 1 from this verdict on').choices(['fail', 'warn']).default('fail');
