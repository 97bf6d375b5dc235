// Opens a project in a browser for a person, until Ctrl-C.
import { spawn } from 'node:child_process';
import { ensureVsCode } from './install.mjs';
import { packExtension } from './pack.mjs';
import { onInterrupt } from './processes.mjs';
import { startVsCode } from './serve.mjs';
import { personalSettings } from './window-settings.mjs';

/** Where a browser could show up and nobody forbade it: not on a server reached by ssh, not in a container, not in CI. */
function hasDisplay() {
  if (process.env.CI || process.env.BROWSER === 'none') return false;
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
 * @param {string} folder
 * @returns {Promise<void>} when VS Code has ended; Ctrl-C ends what was started, and this process
 * @throws {import('./tools.mjs').MissingTool} when VS Code has yet to be made and the machine lacks something
 */
export async function openInBrowser(folder) {
  await ensureVsCode({ log: console.log });
  const server = await startVsCode({ vsix: packExtension(), folder, settings: personalSettings });
  onInterrupt(server.stop);
  console.log(`\nVS Code is running with your project. Open this in a browser:\n\n  ${server.url}\n\nCtrl-C ends it.`);
  if (hasDisplay()) openBrowser(server.url);
  await server.ended;
  await server.stop();
}
