// Finds the page inside a webview: iframe.webview holds a frame that loads the page aside and then calls it active.
/** @import { Frame, Page } from 'playwright-core' */

const patience = 45_000;

/**
 * The documents of webviews that a person can see now, innermost frames only.
 * @param {Page} page
 * @returns {Promise<Frame[]>}
 */
export async function visibleWebviews(page) {
  /** @type {Frame[]} */
  const found = [];
  for (const outer of await page.locator('iframe.webview:visible').elementHandles()) {
    const host = await outer.contentFrame();
    const active = await host?.$('#active-frame');
    const frame = await active?.contentFrame();
    if (frame) found.push(frame);
  }
  return found;
}

/**
 * Waits until a visible webview has an element that matches. Frames come and go while pages load, so a look that fails
 * half-way is repeated, not reported.
 * @param {Page} page
 * @param {string} selector
 * @returns {Promise<Frame>}
 */
export async function webviewWith(page, selector) {
  const deadline = Date.now() + patience;
  let seen = 0;
  while (Date.now() < deadline) {
    const frames = await visibleWebviews(page).catch(() => []);
    seen = frames.length;
    for (const frame of frames) {
      if (await frame.$(selector).catch(() => null)) return frame;
    }
    // The next drawn frame is the soonest at which anything can differ.
    await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => setTimeout(next, 25))));
  }
  throw new Error(`No visible webview has "${selector}" after ${patience / 1000} s (${seen} webviews visible)`);
}
