// Programs of the machine that npm cannot bring: found, installed in CI where that is possible, or named with the
// command that installs them.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * @typedef {object} Tool
 * @property {string} name as it stands in a message
 * @property {string[]} commands any one of them will do
 * @property {string} apt the Debian package
 * @property {string} mac what installs it on macOS
 * @property {string[]} [places] where it lives when it is not on PATH
 * @property {string} [suffix] what its file is called by on Windows; default .exe
 */

const xcode = 'xcode-select --install';

/** @type {Record<string, Tool>} */
export const tools = {
  compiler: { name: 'A C++ compiler', commands: ['c++', 'g++', 'clang++'], apt: 'g++', mac: xcode },
  make: { name: 'make', commands: ['make', 'gmake'], apt: 'make', mac: xcode },
  python: { name: 'Python 3', commands: ['python3'], apt: 'python3', mac: xcode },
  chromium: {
    name: 'Chromium',
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chrome'],
    apt: 'chromium',
    mac: 'brew install --cask chromium',
    places: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
  },
};

/** What a machine lacks. Its message is one line a person can act on. */
export class MissingTool extends Error {}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {Tool} tool
 * @returns {string | undefined} the path of the program
 */
export function find(tool) {
  const suffix = process.platform === 'win32' ? (tool.suffix ?? '.exe') : '';
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const named = tool.commands.flatMap((command) => folders.map((folder) => join(folder, command + suffix)));
  return [...named, ...(tool.places ?? [])].find((file) => existsSync(file) && isExecutable(file));
}

/**
 * "Chromium is missing: apt-get install chromium", for any number of tools, in one line.
 * @param {Tool[]} missing
 */
export function sayMissing(missing) {
  const names = missing.map((tool) => tool.name).join(', ');
  const verb = missing.length === 1 ? 'is' : 'are';
  const debian = `apt-get install ${missing.map((tool) => tool.apt).join(' ')}`;
  const mac = [...new Set(missing.map((tool) => tool.mac))].join(' && ');
  return `${names} ${verb} missing: ${process.platform === 'darwin' ? mac : debian}`;
}

/**
 * A CI machine may have nothing of what a developer installed by hand; as root on Debian it may be put there.
 * @param {Tool[]} wanted
 * @param {(line: string) => void} log
 */
export function installInCi(wanted, log) {
  const missing = wanted.filter((tool) => !find(tool));
  const apt = find({ name: 'apt', commands: ['apt-get'], apt: '', mac: '' });
  if (missing.length === 0 || !process.env.CI || !apt || process.getuid?.() !== 0) return;
  const packages = missing.map((tool) => tool.apt);
  log(`Installing ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  /** @param {string[]} args */
  const run = (args) => spawnSync(apt, ['-q', ...args], { env, stdio: 'ignore', timeout: 300_000 }).status === 0;
  run(['update']);
  if (!run(['install', '-y', '--no-install-recommends', ...packages])) log('apt-get could not install them');
}

/**
 * @param {Tool[]} wanted
 * @param {(line: string) => void} log
 * @throws {MissingTool} naming every tool that is still absent
 */
export function requireTools(wanted, log) {
  installInCi(wanted, log);
  const missing = wanted.filter((tool) => !find(tool));
  if (missing.length > 0) throw new MissingTool(sayMissing(missing));
}
