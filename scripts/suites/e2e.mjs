// The tests inside VS Code: bundles test/e2e, opens a sample workspace in a real VS Code with our extension, runs mocha
// in its extension host and does there what only a browser can (pictures, the pages in webviews).
//   MLOPS_VSCODE=desktop   the same tests in VS Code's desktop program, which is downloaded
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { windowActions } from '../vscode/actions.mjs';
import { startBridge } from '../vscode/bridge.mjs';
import { openPage } from '../vscode/browser.mjs';
import { runOnDesktop } from '../vscode/desktop.mjs';
import { tidily } from '../vscode/processes.mjs';
import { startVsCode, testSettings } from '../vscode/serve.mjs';
import { MissingTool } from '../vscode/tools.mjs';

const patience = 15 * 60_000;
const compiled = 'out/test';
/** The project that the tests open: new, with data on which the model fails, and nothing run yet. */
const project = ['hdd-failure', '--sample', '--scenario', 'failing', '--quiet'];
/** Large enough for the sidebar's six views beside a report. */
const size = { width: 1600, height: 960 };
const log = console.log;

async function bundleTests() {
  const files = readdirSync('test/e2e', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.ts'),
  );
  rmSync(compiled, { recursive: true, force: true });
  await build({
    entryPoints: ['index.ts', ...files].map((name) => join('test/e2e', name)),
    outdir: compiled,
    outbase: 'test/e2e',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

/**
 * @param {string} folder to open
 * @param {(() => unknown)[]} ends grows with everything that is started
 * @returns {Promise<number>} the exit code that VS Code's extension host gives the run
 */
async function runInBrowser(folder, ends) {
  const { page, problems, close } = await openPage({ size, log });
  ends.push(close);
  // Until the tests have begun to report, what VS Code says is the only hint of why they do not.
  /** @type {string[] | undefined} */
  let hints = [];
  const print = (/** @type {string} */ line) => {
    hints = undefined;
    log(line);
  };
  const bridge = await startBridge({ print, ...windowActions({ page, problems, pictures: 'test-results' }) });
  ends.push(bridge.close);
  const server = await startVsCode({
    extension: '.',
    folder,
    testsPath: join(compiled, 'index.js'),
    settings: testSettings,
    env: bridge.env,
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
  await page.goto(server.url);
  try {
    return await Promise.race([finished, broken]);
  } finally {
    for (const hint of hints ?? []) log(hint);
  }
}

/** @param {string} reason */
function reportSkipped(reason) {
  const skipped = [`in-VS-Code tests (${reason})`];
  log(skipped[0]);
  const file = process.env.MLOPS_TEST_COUNTS;
  if (file) writeFileSync(file, JSON.stringify({ passed: 0, failed: 0, skipped }));
}

/** @param {(() => unknown)[]} ends grows with everything that is started */
async function runAll(ends) {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-e2e-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const workspace = join(folder, 'sample');
  execFileSync(process.execPath, ['dist/cli.js', 'init', ...project, workspace], { stdio: 'ignore' });
  await bundleTests();
  if (process.env.MLOPS_VSCODE !== 'desktop') return runInBrowser(workspace, ends);
  return runOnDesktop({ extension: '.', folder: workspace, testsPath: compiled });
}

try {
  process.exitCode = await tidily(runAll);
} catch (error) {
  if (!(error instanceof MissingTool)) throw error;
  reportSkipped(error.message);
}
