// Opens a folder in VS Code with our extension and its views revealed, and saves a picture.
//   node scripts/vscode/shot.mjs --folder DIR --out FILE.png [--theme dark|light|hc|hc-light] [--size 1680x960]
//     [--open FILE]… [--command ID]… [--wait SELECTOR]…
// --open opens a file of the folder as VS Code would; --command runs a command that needs no arguments; both in the
// order given. --wait awaits a CSS selector, in the window or in a webview.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startBridge } from './bridge.mjs';
import { openPage } from './browser.mjs';
import { packExtension } from './pack.mjs';
import { tidily } from './processes.mjs';
import { startVsCode } from './serve.mjs';
import { themes } from './themes.mjs';
import { webviewWith } from './webviews.mjs';
import { testSettings } from './window-settings.mjs';

const log = console.error;

function readArguments() {
  const { values, tokens } = parseArgs({
    tokens: true,
    options: {
      folder: { type: 'string' },
      out: { type: 'string' },
      theme: { type: 'string', default: 'dark' },
      size: { type: 'string', default: '1680x960' },
      open: { type: 'string', multiple: true },
      command: { type: 'string', multiple: true },
      wait: { type: 'string', multiple: true, default: [] },
    },
  });
  const { folder, out, theme, size, wait } = values;
  if (!folder || !out) throw new Error('--folder DIR and --out FILE.png are needed');
  if (!Object.hasOwn(themes, theme)) throw new Error(`--theme ${theme}: one of ${Object.keys(themes).join(', ')}`);
  const [, width, height] = (/^(\d+)x(\d+)$/.exec(size) ?? []).map(Number);
  if (!width || !height) throw new Error(`--size ${size}: WIDTHxHEIGHT in pixels, such as 1680x960`);
  const steps = tokens
    .filter((token) => token.kind === 'option' && (token.name === 'open' || token.name === 'command'))
    .map(({ name, value }) => ({ name, value: name === 'open' ? resolve(folder, value) : value }));
  return {
    folder,
    out: resolve(out),
    theme: themes[/** @type {keyof typeof themes} */ (theme)],
    size: { width, height },
    wait,
    steps,
  };
}

/**
 * @param {import('playwright-core').Page} page
 * @returns {Promise<Buffer>} the picture, once two in a row are alike
 */
async function settledPicture(page) {
  const deadline = Date.now() + 10_000;
  /** @type {Buffer} */
  let last = Buffer.alloc(0);
  for (;;) {
    const picture = await page.screenshot({ animations: 'disabled' });
    if (picture.equals(last) || Date.now() > deadline) return picture;
    last = picture;
    await page.waitForTimeout(250);
  }
}

/**
 * @param {ReturnType<typeof readArguments>} asked
 * @param {(() => unknown)[]} ends grows with everything that is started
 */
async function takePicture({ folder, out, theme, size, wait, steps }, ends) {
  const { page, close } = await openPage({ size, log });
  ends.push(close);
  /** @type {(problem?: string) => void} */
  let done = () => undefined;
  const stepsTaken = new Promise((taken) => (done = taken));
  const bridge = await startBridge({ done });
  ends.push(bridge.close);
  const all = [{ name: 'command', value: 'workbench.view.extension.mlops' }, ...steps];
  const server = await startVsCode({
    vsix: packExtension(),
    folder,
    testsPath: fileURLToPath(new URL('shot-host.cjs', import.meta.url)),
    settings: { ...testSettings, 'workbench.colorTheme': theme },
    env: { ...bridge.env, MLOPS_SHOT_STEPS: JSON.stringify(all) },
    log,
  });
  ends.push(server.stop);

  await page.goto(server.url);
  const problem = await stepsTaken;
  if (problem) throw new Error(String(problem));
  for (const selector of wait) {
    await Promise.any([page.locator(selector).first().waitFor(), webviewWith(page, selector)]).catch(() => {
      throw new Error(`--wait ${selector}: neither the window nor a webview has it`);
    });
  }
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, await settledPicture(page));
  console.log(out);
}

try {
  const asked = readArguments();
  await tidily((ends) => takePicture(asked, ends));
} catch (error) {
  log(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}
