// Starts VS Code's server with our extension under development, on loopback and with folders of its own.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureVsCode } from './install.mjs';
import { endGroup, signalGroup } from './processes.mjs';
import { themes } from './themes.mjs';

/** Quiet: no start page, nothing fetched, nothing reported. */
const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
};

/** Besides those: nothing asks, so that a test meets the extension at once, and its loopback calls use no proxy. */
export const testSettings = {
  'security.workspace.trust.enabled': false,
  'http.proxySupport': 'off',
  'workbench.colorTheme': themes.dark,
};

/**
 * Sockets go into the folder that is removed at the end, except on macOS, where that path is longer than a socket's may
 * be. A person keeps a runtime folder of their own, for what they start in the window uses it too.
 * @param {string} home
 * @param {boolean} forTests a test has temporary files there as well, and no extension gallery, for it needs no network
 */
function environment(home, forTests) {
  const { XDG_RUNTIME_DIR: own } = process.env;
  const gallery = forTests ? { EXTENSIONS_GALLERY: '{"serviceUrl":""}' } : {};
  if (process.platform === 'darwin') return gallery;
  if (forTests) return { ...gallery, TMPDIR: home, XDG_RUNTIME_DIR: home };
  return { XDG_RUNTIME_DIR: own ?? home };
}

/**
 * Settings of the window that started us (its sockets, its debugger) must not reach the one we start, and a test meets
 * no account of the person who runs it.
 * @param {boolean} forTests
 */
function cleanEnvironment(forTests) {
  const foreign = forTests ? /^(VSCODE|ELECTRON|AWS)_/ : /^(VSCODE|ELECTRON)_/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} the port, as soon as the server says that it listens
 */
function listening(child) {
  let said = '';
  return new Promise((found, reject) => {
    const fail = (/** @type {string} */ why) => {
      clearTimeout(late);
      reject(new Error(`VS Code's server ${why}:\n${said.trim()}`));
    };
    const late = setTimeout(() => fail('did not start within 60 s'), 60_000);
    const hear = (/** @type {Buffer} */ chunk) => {
      said = (said + chunk).slice(-4000);
      const port = /agent listening on (\d+)/.exec(said)?.[1];
      if (!port) return;
      clearTimeout(late);
      found(Number(port));
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('exit', (code) => fail(`ended with exit code ${code}`));
  });
}

/**
 * @param {object} options
 * @param {string} options.extension folder of the extension (its package.json and dist/)
 * @param {string} options.folder to open
 * @param {string} [options.testsPath] a module whose `run()` VS Code calls in its extension host
 * @param {Record<string, unknown>} [options.settings] user settings besides the quiet ones
 * @param {number} [options.port] default: a free one
 * @param {boolean} [options.token] ask for a token in the URL; for people, not for tests
 * @param {Record<string, string>} [options.env] for the extension host
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<{ url: string, ended: Promise<void>, stop(): Promise<void> }>}
 */
export async function startVsCode(options) {
  const { extension, folder, testsPath, settings = {}, port = 0, token = false, env = {}, log = console.log } = options;
  const { serverMain, node } = await ensureVsCode({ log });
  const home = mkdtempSync(join(tmpdir(), 'mlops-vscode-'));
  const data = join(home, 'server');
  mkdirSync(join(data, 'data/User'), { recursive: true });
  writeFileSync(join(data, 'data/User/settings.json'), JSON.stringify({ ...quiet, ...settings }));
  const secret = randomBytes(24).toString('hex');
  writeFileSync(join(home, 'token'), secret, { mode: 0o600 });
  const access = token ? ['--connection-token-file', join(home, 'token')] : ['--without-connection-token'];

  const args = ['--host', '127.0.0.1', '--port', String(port), ...access, '--accept-server-license-terms'];
  args.push('--server-data-dir', data, '--extensions-dir', join(home, 'extensions'), '--telemetry-level', 'off');
  args.push('--disable-update-check');
  if (testsPath) args.push('--enable-smoke-test-driver');
  const child = spawn(node, [serverMain, ...args], {
    cwd: home,
    env: { ...cleanEnvironment(Boolean(testsPath)), ...environment(home, Boolean(testsPath)), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const ended = new Promise((done) => child.once('exit', () => done(undefined)));
  const remove = () => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  // Nothing outlives this process, however it ends.
  const abandon = () => {
    signalGroup(child, 'SIGKILL');
    remove();
  };
  process.once('exit', abandon);
  const stop = async () => {
    await endGroup(child);
    remove();
    process.off('exit', abandon);
  };
  try {
    const authority = `127.0.0.1:${await listening(child)}`;
    /** @param {string} path */
    const remote = (path) => `vscode-remote://${authority}${pathToFileURL(resolve(path)).pathname}`;
    const payload = [['extensionDevelopmentPath', remote(extension)]];
    if (testsPath) payload.push(['extensionTestsPath', remote(testsPath)]);
    const query = new URLSearchParams({
      folder: pathToFileURL(resolve(folder)).pathname,
      payload: JSON.stringify(payload),
    });
    if (token) query.set('tkn', secret);
    return { url: `http://${authority}/?${query}`, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
