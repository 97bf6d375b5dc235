import { readdir, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Whether a path is a pattern: `*` and `?` within a name, `**` over folders. */
export const isGlob = (path: string): boolean => /[*?]/.test(path);

/**
 * Files that a path, glob or folder means, sorted; relative ones start at `base`. A folder means the files directly in
 * it. Hidden files (`.x`) are never meant by a glob or folder. Nothing there: an empty list.
 */
export async function filesOf(path: string, base: string): Promise<string[]> {
  const whole = isAbsolute(path) ? path : resolve(base, path);
  if (!isGlob(path)) {
    const found = await stat(whole).catch(() => undefined);
    if (found === undefined) return [];
    return found.isDirectory() ? filesBelow(whole, false) : [whole];
  }
  const segments = whole.split(/[\\/]/);
  const root = segments.slice(0, segments.findIndex(isGlob)).join(sep) || sep;
  const pattern = expressionOf(relative(root, whole).split(sep));
  const files = await filesBelow(root, segments.length - root.split(sep).length > 1 || path.includes('**'));
  return files.filter((file) => pattern.test(relative(root, file).split(sep).join('/')));
}

async function filesBelow(folder: string, deep: boolean): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: deep }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !basename(file).startsWith('.'))
    .sort();
}

/** A pattern as an expression, for names that `/` parts. */
export const globOf = (pattern: string): RegExp => expressionOf(pattern.split('/'));

function expressionOf(segments: string[]): RegExp {
  const parts = segments.map((segment, i) => {
    const last = i === segments.length - 1;
    if (segment === '**') return last ? '.*' : '(?:[^/]+/)*';
    const name = segment
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '[^/]');
    return last ? name : `${name}/`;
  });
  return new RegExp(`^${parts.join('')}$`);
}
