import { lstatSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What lies in a folder, by relative path: a file's text, or `folder`. Nothing in it may change unseen. */
export function contentsOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    names.map((name) => {
      const found = lstatSync(join(folder, name));
      return [name, found.isFile() ? readFileSync(join(folder, name), 'latin1') : 'folder'];
    }),
  );
}

/** A stranger's folder with things in it, as a link may lead to. */
export function othersFolder(path: string): string {
  mkdirSync(join(path, 'inner'), { recursive: true });
  for (const name of ['1.half', '999999.half', 'inner/kept.txt', 'v1.json', 'sample.csv'])
    writeFileSync(join(path, name), `precious ${name}`);
  return path;
}

/** Puts a link in the place of whatever lies at a path. */
export function linkInstead(path: string, target: string): void {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}
