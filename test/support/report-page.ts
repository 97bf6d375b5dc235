import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { HostMessage, PageMessage } from '../../src/report/protocol.js';
import { reportPage } from '../../src/report/export/page-shell.js';
import themes from './themes.json' with { type: 'json' };

/** VS Code's own themes, with the colours that it hands to a webview in them. */
export type Theme = keyof typeof themes;
export const themeNames = Object.keys(themes) as Theme[];

const origin = 'http://report.test';
const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', html: 'text/html' };

/** What VS Code gives a webview. Plain JavaScript, for it runs in the page, where no compiler's helper is. */
const standIn = readFileSync(join(import.meta.dirname, 'webview-stand-in.js'), 'utf8');
const dressing = (theme: Theme) => `dressAs(${JSON.stringify(themes[theme])})`;

/** Where a Chromium is, or undefined. */
export function chromiumPath(): string | undefined {
  return [process.env.CHROME, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
}

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

export interface OpenedPage<Said = PageMessage, News = HostMessage> {
  page: Page;
  /** What the page said to its host. */
  sent: Said[];
  /** Errors of the console and of scripts, and violations of the content security policy. */
  complaints: string[];
  send: (message: News) => Promise<void>;
  setTheme: (theme: Theme) => Promise<void>;
}

interface Options {
  theme: Theme;
  width: number;
  height?: number;
  dist: string;
}

/** Opens the built page as VS Code would: same shell, same policy, a host that answers `ready` with the message. */
export function openReport(browser: Browser, message: HostMessage, options: Options): Promise<OpenedPage> {
  return openPage(browser, 'report', (said: PageMessage) => (said.type === 'ready' ? [message] : []), options);
}

/** The same for any page, whose host answers what it says. */
export async function openPage<Said, News>(
  browser: Browser,
  script: 'report' | 'runs',
  answer: (said: Said) => News[],
  options: Options,
): Promise<OpenedPage<Said, News>> {
  const page = await browser.newPage({
    viewport: { width: options.width, height: options.height ?? 900 },
    timezoneId: 'Europe/Berlin',
  });
  const opened: OpenedPage<Said, News> = {
    page,
    sent: [],
    complaints: [],
    send: (next) => page.evaluate((data) => window.postMessage(data, '*'), next as unknown),
    setTheme: (theme) => page.evaluate(dressing(theme)),
  };
  await page.exposeFunction('hear', (said: Said) => {
    opened.sent.push(said);
    for (const news of answer(said)) void opened.send(news);
  });
  page.on('console', (line) => line.type() === 'error' && opened.complaints.push(line.text()));
  page.on('pageerror', (error) => opened.complaints.push(error.message));
  await page.addInitScript({ content: `${standIn}\n${dressing(options.theme)}` });
  await page.route(`${origin}/**`, (route) =>
    route.fulfill(fileFor(new URL(route.request().url()).pathname, script, options.dist)),
  );
  await page.goto(`${origin}/index.html`);
  await page
    .locator('main')
    .waitFor({ timeout: 10_000 })
    .catch((error: Error) => {
      throw new Error([error.message, ...opened.complaints].join('\n'));
    });
  await drawn(page);
  return opened;
}

/** Charts draw in the next frame. */
export function drawn(page: Page): Promise<unknown> {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

function fileFor(path: string, script: string, dist: string): { body: string; contentType: string } {
  const extension = path.split('.').at(-1) ?? '';
  const contentType = types[extension] ?? 'text/plain';
  if (extension !== 'html') return { body: readFileSync(join(dist, 'webview', path), 'utf8'), contentType };
  const parts = { scriptUri: `${origin}/${script}.js`, styleUri: `${origin}/${script}.css` };
  return { body: reportPage({ ...parts, title: 'Report', nonce: 'abc123', cspSource: origin }), contentType };
}
