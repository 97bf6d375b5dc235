// Packages of npm that only tests run, too large for the project's own node_modules: pinned in test/interop/packages, fetched
// once a machine without running their scripts, and kept in the cache under the hash of their pins.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cached } from './vscode/cache.mjs';
import { MissingTool } from './vscode/tools.mjs';

const pins = resolve(import.meta.dirname, '..', 'test', 'interop', 'packages');

/**
 * @param {string} name of a file in test/interop/packages, without `.json`
 * @returns {Promise<string>} the folder of its node_modules
 * @throws {MissingTool} when what is pinned cannot be fetched
 */
export async function packagesOf(name) {
  const file = join(pins, `${name}.json`);
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
  const folder = await cached(`${name}-${hash}`, (aside) => {
    copyFileSync(file, join(aside, 'package.json'));
    const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--loglevel=error'];
    const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
    const [program = '', ...words] = npm;
    const { status, stderr } = spawnSync(program, [...words, 'install', ...quiet], { cwd: aside, encoding: 'utf8' });
    if (status !== 0) throw new MissingTool(`npm install of ${name} failed: ${stderr.trim().split('\n').at(-1)}`);
    return Promise.resolve();
  });
  return join(folder, 'node_modules');
}
