import { lstatSync, realpathSync } from 'node:fs';
import { UntrustedCommand } from '../../common/errors.js';
import { commandText } from '../../project/commands.js';
import { changeUserFile, grantsFile, readUserFile } from './user-file.js';

/** A command that a user lets run in a folder, word for word. */
export interface AllowedCommand {
  /** By its real path. */
  folder: string;
  /** Which folder it is on its disk: another one that takes its path over is another decision. */
  place: string;
  command: string[];
  /** When it was allowed, ISO 8601. */
  since: string;
}

/**
 * Asked before any command runs that a project, or anything stored in it, names: for training, for serving, for an alarm.
 * What runs is then exactly `command`, its words as they are, without a shell, in `folder`.
 *
 * Only a person allows a command, with `mlops trust` or in a window that trusts its workspace; it is remembered outside
 * of every project. Another text, or the same one in another folder, was not allowed. No operation allows: what goes
 * through the list of operations, such as an assistant, never reaches it.
 * @param folder the project's
 * @param what what it is for, as a person knows it: `train`, `serve model v3`
 * @throws UntrustedCommand (exit 5) that names the text and the way to allow it
 */
export function requireTrusted(folder: string, command: readonly string[], what: string, path = grantsFile()): void {
  if (trustedSince(folder, command, path) !== undefined) return;
  const found = `you have not allowed this command in this folder: ${commandText(command)}`;
  throw new UntrustedCommand(`${what}: ${found}; allow it with: mlops trust -- ${commandText(command)}`, what, command);
}

/** When its user allowed the command in the folder; undefined: never. */
export function trustedSince(folder: string, command: readonly string[], path = grantsFile()): string | undefined {
  const here = placeOf(folder);
  return readUserFile(path).commands.find((one) => isAt(one, here) && isSame(one.command, command))?.since;
}

/** What is allowed in a folder. */
export function allowedCommands(folder: string, path = grantsFile()): AllowedCommand[] {
  const here = placeOf(folder);
  return readUserFile(path).commands.filter((one) => isAt(one, here));
}

/** Only after a person saw the texts and said yes. */
export async function allowCommands(
  folder: string,
  commands: readonly (readonly string[])[],
  path = grantsFile(),
  now = new Date(),
): Promise<void> {
  const here = placeOf(folder);
  const next = commands.map((command) => ({ ...here, command: [...command], since: now.toISOString() }));
  await changeUserFile(path, (file) => {
    const isNext = (one: AllowedCommand) => isAt(one, here) && next.some(({ command }) => isSame(one.command, command));
    return { ...file, commands: [...file.commands.filter((one) => !isNext(one)), ...next] };
  });
}

/** Allows nothing in a folder any more. Answers what was allowed. */
export async function revokeCommands(folder: string, path = grantsFile()): Promise<AllowedCommand[]> {
  const here = placeOf(folder);
  let gone: AllowedCommand[] = [];
  await changeUserFile(path, (file) => {
    gone = file.commands.filter((one) => isAt(one, here));
    return gone.length === 0 ? file : { ...file, commands: file.commands.filter((one) => !isAt(one, here)) };
  });
  return gone;
}

type Place = Pick<AllowedCommand, 'folder' | 'place'>;

function placeOf(folder: string): Place {
  const real = realpathSync(folder);
  // A number is given again as soon as its folder is removed; when it was made tells the next one apart.
  const { ino, birthtimeNs } = lstatSync(real, { bigint: true });
  return { folder: real, place: `${ino}/${birthtimeNs}` };
}

const isAt = (one: Place, here: Place) => one.folder === here.folder && one.place === here.place;

const isSame = (left: readonly string[], right: readonly string[]) =>
  left.length === right.length && left.every((word, at) => word === right[at]);
