// A headless Chromium that looks at one VS Code window.
import { chromium } from 'playwright-core';
import { ensureChromium } from './chromium.mjs';
import { watchProblems } from './problems.mjs';

const args = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The window is judged as it works without a network; a look-up that would wait for one fails at once.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** @import { Problem } from './problems.mjs' */

/**
 * An empty page with a fresh profile, which is removed on close.
 * @param {object} options
 * @param {{ width: number, height: number }} [options.size]
 * @param {(line: string) => void} options.log
 * @returns {Promise<{ page: import('playwright-core').Page, problems: Problem[], close(): Promise<void> }>}
 */
export async function openPage({ size = { width: 1280, height: 800 }, log }) {
  const { executablePath, env } = await ensureChromium({ log });
  const browser = await chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args,
    chromiumSandbox: false,
    // Whoever opened the page ends everything, in its own order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const page = await browser.newPage({ viewport: size });
  return { page, problems: watchProblems(page), close: () => browser.close() };
}
