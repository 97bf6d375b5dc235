import { lstatSync, readlinkSync, realpathSync, type Stats } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { RefusedError } from './errors.js';

/** Where a project keeps what it makes. */
export const stateFolder = '.mlops';

/** Something below a project is a link, or no file at all: it could lead anywhere, so it is neither read nor written. */
export class LeadsOut extends RefusedError {
  constructor(
    /** What is refused. */
    readonly path: string,
    what: string,
    remedy: string,
  ) {
    super(`${path} ${what}: nothing below a project is followed out of it; ${remedy}`);
  }
}

/**
 * The path as it was given, when no part of it below the folder is a link. A project may come from anybody: what a link
 * in it leads to is not the project's. Parts that are not there (yet) are no links.
 * @throws LeadsOut naming the link
 */
export function inside(folder: string, path: string): string {
  const way = relative(folder, path);
  if (isAbsolute(way) || way === '..' || way.startsWith(`..${sep}`))
    throw new LeadsOut(path, `is not below ${folder}`, 'name a place inside the project');
  let at = folder;
  for (const part of way === '' ? [] : way.split(sep)) {
    at = join(at, part);
    const found = lstat(at);
    if (found === undefined) return path;
    if (found.isSymbolicLink()) refuseLink(at, part);
    else if (!found.isFile() && !found.isDirectory())
      throw new LeadsOut(at, 'is neither a file nor a folder', 'remove it, then try again');
  }
  return path;
}

/** As `inside`, for a path that may lie in a project's `.mlops`; any other one is its user's own and stays as it is. */
export function insideState(path: string): string {
  const parts = resolve(path).split(sep);
  const at = parts.indexOf(stateFolder);
  return at < 0 ? path : (inside(parts.slice(0, at).join(sep) || sep, resolve(path)), path);
}

function refuseLink(link: string, name: string): void {
  const disk = process.env.MLOPS_DISK;
  if (name === stateFolder && disk !== undefined && disk !== '' && leadsBelow(link, disk)) return;
  const remedy =
    name === stateFolder
      ? 'remove the link or, if you want it on that disk, set the variable MLOPS_DISK to a folder above it'
      : 'remove the link, then try again';
  throw new LeadsOut(link, `is a link to ${readlinkSync(link)}`, remedy);
}

/** Who wants `.mlops` on another disk says so outside of the project, which can therefore not say it itself. */
function leadsBelow(link: string, disk: string): boolean {
  try {
    return realpathSync(link).startsWith(realpathSync(disk) + sep);
  } catch {
    return false;
  }
}

function lstat(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined; // What is wrong is said where it is opened.
  }
}
