// Opens a project in VS Code with our extension for a person, until Ctrl-C.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { onInterrupt } from './processes.mjs';
import { startVsCode } from './serve.mjs';
import { find, MissingTool } from './tools.mjs';

/**
 * The theme follows the person's system. The folder is the project that the person has just made and run from the
 * terminal, and the window is thrown away afterwards: asking whether to trust it would only be in the way.
 */
const personalSettings = { 'window.autoDetectColorScheme': true, 'security.workspace.trust.enabled': false };

/** Where a browser could show up: not on a server reached by ssh, not in a container, not in CI. */
function hasDisplay() {
  if (process.env.CI) return false;
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** @param {string} url */
function openBrowser(url) {
  // `start` is no program but a word of cmd, which would read the & of a URL as its own.
  /** @type {Record<string, string[]>} */
  const openers = { darwin: ['open'], win32: ['rundll32', 'url.dll,FileProtocolHandler'] };
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  // The URL is printed in any case; whoever has no opener copies it.
  child.on('error', () => undefined).unref();
}

/**
 * VS Code's desktop program, by its `code` command. On Windows that command is a batch file, which only a shell runs;
 * the program beside it takes the same arguments.
 * @param {string[]} args
 * @returns {Promise<void>} when its window is closed
 */
async function runDesktop(args) {
  const command = find({ name: 'VS Code', commands: ['code', 'code-insiders', '../Code'], apt: '', mac: '' });
  if (!command) throw new MissingTool('The `code` command is missing: install VS Code (code.visualstudio.com)');
  const child = spawn(command, args, { stdio: 'inherit' });
  await new Promise((closed, reject) => child.once('error', reject).once('exit', closed));
}

/**
 * @param {{ extension: string, folder: string, desktop?: boolean }} options
 * @returns {Promise<void>} when VS Code has ended, or at Ctrl-C, which ends what was started and this process
 */
export async function openVsCode({ extension, folder, desktop = false }) {
  if (desktop) {
    const development = `--extensionDevelopmentPath=${resolve(extension)}`;
    return runDesktop([development, '--new-window', '--wait', resolve(folder)]);
  }
  const server = await startVsCode({ extension, folder, settings: personalSettings, token: true });
  onInterrupt(server.stop);
  console.log(`\nVS Code is running with your project. Open this in a browser:\n\n  ${server.url}\n\nCtrl-C ends it.`);
  if (hasDisplay()) openBrowser(server.url);
  await server.ended;
  await server.stop();
}
