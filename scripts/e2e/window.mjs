// One window of VS Code for the browser, in whose extension host the bundled tests run.
import { join } from 'node:path';
import { windowActions } from '../vscode/actions.mjs';
import { startBridge } from '../vscode/bridge.mjs';
import { openPage } from '../vscode/browser.mjs';
import { startVsCode } from '../vscode/serve.mjs';
import { testSettings } from '../vscode/window-settings.mjs';

const patience = 15 * 60_000;
/** A busy machine may take long to load a window; what happens in it is waited for more briefly. */
const loading = 60_000;
/** Large enough for the sidebar's six views beside a report. */
const size = { width: 1600, height: 960 };
const log = console.log;

/**
 * @param {object} options
 * @param {string} options.vsix the extension's package
 * @param {string} options.folder to open
 * @param {string} options.compiled where the bundled tests lie
 * @param {Record<string, string>} options.env for the extension host
 * @param {Record<string, (...args: any[]) => unknown>} [options.actions] what tests may ask for besides the window's own
 * @param {(() => unknown)[]} options.ends grows with everything that is started
 * @returns {Promise<number>} the exit code that VS Code's extension host gives the run
 */
export async function runInBrowser({ vsix, folder, compiled, env, actions = {}, ends }) {
  const { page, problems, close } = await openPage({ size, log });
  ends.push(close);
  // Until the tests have begun to report, what VS Code says is the only hint of why they do not.
  /** @type {string[] | undefined} */
  let hints = [];
  const print = (/** @type {string} */ line) => {
    hints = undefined;
    log(line);
  };
  let reloaded = false;
  const reloading = {
    isReloaded: () => reloaded,
    willReload() {
      reloaded = true;
    },
  };
  const ofWindow = windowActions({ page, problems, pictures: 'test-results' });
  const bridge = await startBridge({ print, ...ofWindow, ...reloading, ...actions });
  ends.push(bridge.close);
  const server = await startVsCode({
    vsix,
    folder,
    testsPath: join(compiled, 'index.js'),
    settings: testSettings,
    env: { ...bridge.env, ...env },
    log,
  });
  ends.push(server.stop);

  /** @type {(code: number) => void} */
  let finish = () => undefined;
  const finished = new Promise((done) => (finish = done));
  await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => finish(code));
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
    if (type === 'error') hints?.push(args.join(' '));
  });
  const broken = new Promise((_, reject) => {
    page.once('crash', () => reject(new Error('The browser page crashed')));
    void server.ended.then(() => reject(new Error("VS Code's server ended before the tests did")));
    setTimeout(() => reject(new Error(`No result after ${patience / 60_000} minutes`)), patience).unref();
  });
  broken.catch(() => undefined);
  await page.goto(server.url, { timeout: loading });
  try {
    return await Promise.race([finished, broken]);
  } finally {
    for (const hint of hints ?? []) log(hint);
  }
}
