// Makes the extension's package as `npm run package` does, in silence unless that fails. Tests that open many windows hand
// one package to all of them: MLOPS_PACKAGE.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');

/** @returns {string} the path of the package, of which there is one a platform and version */
export function packExtension() {
  if (process.env.MLOPS_PACKAGE) return process.env.MLOPS_PACKAGE;
  run('scripts/build.mjs', '--production');
  return /** @type {string} */ (run('scripts/package.mjs').trim().split('\n').at(-1));
}

/** @param {string[]} args */
function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The extension could not be packed:\n${stdout}${stderr}`);
  return stdout;
}
