// What a test may ask of the browser's side; test/e2e/support/driver.ts documents each for those who write tests.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { visibleWebviews, webviewWith } from './webviews.mjs';

/** How VS Code marks its window and the pages in webviews, by the short name of a theme. */
const themeMarks = {
  dark: ['vs-dark', 'vscode-dark'],
  light: ['vs', 'vscode-light'],
  hc: ['hc-black', 'vscode-high-contrast'],
  'hc-light': ['hc-light', 'vscode-high-contrast-light'],
};

/**
 * @param {object} window
 * @param {import('playwright-core').Page} window.page
 * @param {import('./problems.mjs').Problem[]} window.problems
 * @param {string} window.pictures folder
 */
export function windowActions({ page, problems, pictures }) {
  page.setDefaultTimeout(15_000);
  /** @param {string} selector */
  const inWebview = async (selector) => (await webviewWith(page, selector)).locator(selector).first();
  return {
    /** @param {string} name */
    async screenshot(name) {
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
    },
    /** @param {string} selector */
    webviewText: async (selector) => (await inWebview(selector)).innerText(),
    /** @param {string} selector */
    webviewHtml: async (selector) => (await inWebview(selector)).evaluate((element) => element.outerHTML),
    /** @param {string} selector */
    webviewClick: async (selector) => (await inWebview(selector)).click(),
    /** @type {(expression: string, selector: string) => Promise<unknown>} */
    webviewEvaluate: async (expression, selector) => (await webviewWith(page, selector)).evaluate(expression),
    /** @param {string} selector */
    async windowTexts(selector) {
      await page.locator(selector).first().waitFor();
      return (await page.locator(selector).allInnerTexts()).map((text) => text.trim());
    },
    /**
     * Until it stands there: what is written as a dialog opens the dialog may write over.
     * @type {(selector: string, text: string) => Promise<void>}
     */
    async windowFill(selector, text) {
      const input = page.locator(selector).first();
      const deadline = Date.now() + 15_000;
      for (let stood = 0; stood < 3;) {
        if (Date.now() > deadline) throw new Error(`"${selector}" says ${await input.inputValue()}, expected ${text}`);
        stood = (await input.inputValue()) === text ? stood + 1 : 0;
        if (stood === 0) await input.fill(text);
        await page.waitForTimeout(100);
      }
    },
    /** @type {(selector: string, value: string) => Promise<void>} */
    async windowSays(selector, value) {
      const input = page.locator(selector).first();
      const says = (/** @type {{ found: Element | null, text: string }} */ { found, text }) =>
        /** @type {HTMLInputElement | null} */ (found)?.value === text;
      await page.waitForFunction(says, { found: await input.elementHandle(), text: value }).catch(async () => {
        throw new Error(`"${selector}" says ${await input.inputValue()}, expected ${value}`);
      });
    },
    /** @param {string} selector */
    windowClick: (selector) => page.locator(selector).first().click(),
    /** @param {string} key */
    press: (key) => page.keyboard.press(key),
    /** @param {string} text */
    type: (text) => page.keyboard.type(text),
    /** @param {string} selector */
    async windowGone(selector) {
      await page.locator(selector).first().waitFor({ state: 'hidden' });
    },
    /** @param {string} selector */
    windowCount: (selector) => page.locator(selector).filter({ visible: true }).count(),
    consoleProblems: () => problems.splice(0),
    /** @param {keyof typeof themeMarks} name */
    async themeShown(name) {
      const [inWindow, inPage] = themeMarks[name];
      await page.locator(`.monaco-workbench.${inWindow}`).waitFor();
      for (const frame of await visibleWebviews(page)) {
        await frame.waitForSelector(`body[data-vscode-theme-kind="${inPage}"]`, { state: 'attached' });
      }
    },
  };
}
