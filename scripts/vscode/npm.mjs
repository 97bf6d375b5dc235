// Runs npm without a shell, with a Node of our choice.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { find } from './tools.mjs';

/** The script behind the `npm` command: npm names itself to what it runs, otherwise it is looked for. */
function npmScript() {
  const named = process.env.npm_execpath;
  if (named && basename(named) === 'npm-cli.js') return named;
  const beside = join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (existsSync(beside)) return beside;
  const command = find({ name: 'npm', commands: ['npm'], apt: 'npm', mac: 'brew install node' });
  if (!command) throw new Error('npm was not found on PATH');
  return realpathSync(command);
}

/**
 * @param {string[]} args
 * @param {{ cwd: string, node?: string, env?: NodeJS.ProcessEnv }} where `node`: the program to run npm (and what it
 *   starts) with; default the one that runs now
 * @returns {Promise<void>} rejects with the last lines npm wrote
 */
export async function npm(args, { cwd, node = process.execPath, env = {} }) {
  const path = [dirname(node), process.env.PATH].join(delimiter);
  const child = spawn(node, [npmScript(), ...args, '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd,
    env: { ...process.env, ...env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
  /** @type {number | null} */
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`npm ${args[0]} ended with exit code ${code}:\n${said.trim()}`);
}
