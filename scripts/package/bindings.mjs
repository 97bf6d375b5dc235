// DuckDB's native binding of a platform: the one that is installed here, or fetched from the registry and held against the
// checksum that package-lock.json has of it.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** npm is a script on Windows, which only a shell would start; this is the program behind it wherever npm runs a script. */
const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];

/**
 * Puts the binding into a folder's `node_modules`.
 * @param {string} root the project
 * @param {string} bindings DuckDB's name of the platform
 * @param {string} into the folder that becomes a package
 * @param {string} scratch where what is fetched may lie
 * @throws Error where what was fetched is not what the lock file names
 */
export function placeBindings(root, bindings, into, scratch) {
  const name = `@duckdb/node-bindings-${bindings}`;
  const to = join(into, 'node_modules', name);
  const here = join(root, 'node_modules', name);
  if (existsSync(here)) return cpSync(here, to, { recursive: true });
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { version, integrity } = lock.packages[`node_modules/${name}`];
  const [program = '', ...words] = npm;
  const packed = execFileSync(
    program,
    [...words, 'pack', `${name}@${version}`, '--json', '--pack-destination', scratch],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const [{ filename, integrity: found }] = JSON.parse(packed);
  if (found !== integrity)
    throw new Error(`package: ${name}@${version} is ${found}, expected ${integrity} as in package-lock.json`);
  mkdirSync(to, { recursive: true });
  execFileSync('tar', ['-xzf', join(scratch, filename), '-C', to, '--strip-components=1']);
}
