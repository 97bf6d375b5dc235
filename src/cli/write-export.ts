import { dirname, join, resolve } from 'node:path';
import { InputError } from '../common/errors.js';
import { readIfThere, writeAtomic } from '../common/files.js';
import type { Delivery } from '../export/delivery/served.js';
import { answer } from '../operations/answer.js';
import { exportForPlatform } from '../operations/exports/platform.js';
import type { Flags } from './command-runner.js';
import type { Workspace } from './context.js';
import type { Output } from './output.js';
import { performOnFiles } from './perform.js';

/**
 * Writes the files of an export below `--out`, all or none; what could not be said in them is warned of.
 * @throws InputError for a file that says something else already, unless `--replace` is given
 */
export async function writeExport(output: Output, flags: Flags, { files, left }: Delivery): Promise<void> {
  const { out, replace } = flags as { out: string; replace?: boolean };
  const folder = resolve(out);
  const there = await Promise.all(files.map(({ name }) => readIfThere(join(folder, name))));
  const other = files.find(({ text }, at) => there[at] !== undefined && there[at].toString('utf8') !== text);
  if (other !== undefined && replace !== true)
    throw new InputError(
      `${join(out, other.name)}: found other contents, expected none or the same; write over them with --replace`,
    );
  for (const { name, text } of files) {
    const path = join(folder, name);
    await writeAtomic(path, text, { temporary: dirname(path) });
  }
  for (const { name, why } of left) output.warn(`${name} is left out: ${why}`);
  const names = files.map(({ name }) => name);
  output.result(answer('export', { folder, files: names, left }), () => names.map((name) => join(out, name)));
}

type PlatformWish = Omit<Parameters<(typeof exportForPlatform)['run']>[1], 'project'>;

/** The project's files for a platform, below `--out`. */
export async function writePlatform(
  { project, output, signal }: Omit<Workspace, 'environment'>,
  flags: Flags,
  wish: PlatformWish,
): Promise<void> {
  const made = await performOnFiles({ output, signal }, exportForPlatform, { project, ...wish });
  await writeExport(output, flags, made);
}
