// The window of VS Code for the browser that people and tests open alike: a server on loopback with folders of its own,
// into which the extension is installed from its package.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureVsCode } from './install.mjs';
import { endGroup, signalGroup } from './processes.mjs';
import { quiet } from './window-settings.mjs';

/** An extension with nothing in it: VS Code runs tests only beside one that is being developed. */
export const testsHost = resolve(import.meta.dirname, '..', '..', 'test', 'e2e', 'host');

/**
 * No extension gallery, for the window lasts as long as this process and asks nothing of a network. Sockets go into the
 * folder that is removed at the end, except on macOS, where that path is longer than a socket's may be. A person keeps a
 * runtime folder of their own, for what they start in the window uses it too.
 * @param {string} home
 * @param {boolean} forTests a test has temporary files there as well
 */
function environment(home, forTests) {
  const { XDG_RUNTIME_DIR: own } = process.env;
  const gallery = { EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
  if (process.platform === 'darwin') return gallery;
  if (forTests) return { ...gallery, TMPDIR: home, XDG_RUNTIME_DIR: home };
  return { ...gallery, XDG_RUNTIME_DIR: own ?? home };
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
 * Puts a package among the extensions of a server that does not run yet.
 * @param {string[]} server the command and its folders
 * @param {string} vsix
 * @param {NodeJS.ProcessEnv} env
 */
function install([command, ...args], vsix, env) {
  const { status, stdout, stderr } = spawnSync(command, [...args, '--install-extension', resolve(vsix)], {
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`VS Code did not install ${vsix}:\n${stdout}${stderr}`);
}

/**
 * @param {object} options
 * @param {string} options.vsix the extension's package
 * @param {string} options.folder to open
 * @param {Record<string, unknown>} options.settings user settings besides the quiet ones
 * @param {string} [options.testsPath] a module whose `run()` VS Code calls in its extension host
 * @param {Record<string, string>} [options.env] for the extension host
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<{ url: string, ended: Promise<void>, stop(): Promise<void> }>} the URL carries the token that opens it
 */
export async function startVsCode(options) {
  const { vsix, folder, settings, testsPath, log = console.log } = options;
  const { serverMain, node } = await ensureVsCode({ log });
  const home = mkdtempSync(join(tmpdir(), 'mlops-vscode-'));
  const remove = () => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  const data = join(home, 'server');
  const env = { ...cleanEnvironment(Boolean(testsPath)), ...environment(home, Boolean(testsPath)), ...options.env };
  const secret = randomBytes(24).toString('hex');
  const server = [node, serverMain, '--server-data-dir', data, '--extensions-dir', join(home, 'extensions')];
  try {
    mkdirSync(join(data, 'data/User'), { recursive: true });
    writeFileSync(join(data, 'data/User/settings.json'), JSON.stringify({ ...quiet, ...settings }));
    writeFileSync(join(home, 'token'), secret, { mode: 0o600 });
    install(server, vsix, env);
  } catch (error) {
    remove();
    throw error;
  }
  const [command, ...args] = [...server, '--host', '127.0.0.1', '--port', '0'];
  args.push('--connection-token-file', join(home, 'token'), '--accept-server-license-terms');
  args.push('--telemetry-level', 'off', '--disable-update-check');
  if (testsPath) args.push('--enable-smoke-test-driver');
  const child = spawn(command, args, {
    cwd: home,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const ended = new Promise((done) => child.once('exit', () => done(undefined)));
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
    const query = new URLSearchParams({ tkn: secret, folder: pathToFileURL(resolve(folder)).pathname });
    if (testsPath) {
      /** @param {string} path */
      const remote = (path) => `vscode-remote://${authority}${pathToFileURL(resolve(path)).pathname}`;
      const payload = { extensionDevelopmentPath: remote(testsHost), extensionTestsPath: remote(testsPath) };
      query.set('payload', JSON.stringify(Object.entries(payload)));
    }
    return { url: `http://${authority}/?${query}`, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
