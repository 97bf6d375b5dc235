// Python's virtual environments for tests and benchmarks: one a tool that needs its own, pinned in test/interop/venvs,
// made once a machine and kept in the cache under the hash of its pins.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cached } from './vscode/cache.mjs';
import { find, MissingTool, sayMissing, tools } from './vscode/tools.mjs';

const pins = resolve(import.meta.dirname, '..', 'test', 'interop', 'venvs');

/**
 * @param {string} name of a file in test/interop/venvs, without `.txt`
 * @returns {Promise<string>} the path of its Python
 * @throws {MissingTool} when the machine has no Python 3, or cannot install what is pinned
 */
export async function pythonOf(name) {
  const file = join(pins, `${name}.txt`);
  const python = find(tools.python);
  if (!python) throw new MissingTool(sayMissing([tools.python]));
  const version = spawnSync(python, ['--version'], { encoding: 'utf8' }).stdout.trim().replace(' ', '-');
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12);
  const folder = await cached(`${name}-${version}-${hash}`, async (aside, finished) => {
    console.log(`making a Python environment with ${readFileSync(file, 'utf8').trim().replaceAll('\n', ', ')} …`);
    must(python, ['-m', 'venv', aside]);
    must(join(aside, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', file]);
    moveScripts(join(aside, 'bin'), aside, finished);
  });
  return join(folder, 'bin', 'python');
}

/**
 * Scripts such as `mlflow` begin with the path of their Python, which is that of the folder where they were installed.
 * @param {string} bin @param {string} from @param {string} to
 */
function moveScripts(bin, from, to) {
  for (const name of readdirSync(bin)) {
    const path = join(bin, name);
    const text = lstatSync(path).isFile() ? readFileSync(path, 'latin1') : '';
    if (text.startsWith(`#!${from}/`)) writeFileSync(path, text.replace(from, to), 'latin1');
  }
}

/** @param {string} command @param {string[]} args */
function must(command, args) {
  const { status, stderr } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'pipe'], encoding: 'utf8' });
  if (status === 0) return;
  throw new MissingTool(`${command} ${args.slice(0, 3).join(' ')} failed: ${stderr.trim().split('\n').at(-1)}`);
}
