import { basename } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { messageOf } from '../../src/common/errors.js';
import type { GridMessage, GridNews } from '../../src/documents/grid/page.js';
import { startTables } from '../../src/vscode/grid/table-process.js';
import { goTo, type Theme } from './report-page.js';

interface Options {
  theme: Theme;
  width: number;
  height?: number;
  /** Where the product was built. */
  dist: string;
  hidden?: string[];
}

/** Opens the built grid over a file as VS Code would, with a real process behind it; what is copied is kept. */
export async function openGridPage(browser: Browser, file: string, { hidden = [], ...options }: Options) {
  const page: Page = await browser.newPage({ viewport: { width: options.width, height: options.height ?? 900 } });
  const complaints: string[] = [];
  const copied: string[] = [];
  const tables = startTables(process.execPath, `${options.dist}/tables.js`);
  const name = basename(file);
  const tell = (news: GridNews) => page.evaluate((data) => window.postMessage(data, '*'), news);
  const answer = async (message: GridMessage): Promise<GridNews | undefined> => {
    if (message.type === 'ready')
      return {
        type: 'table',
        name,
        table: await tables.ask({ ask: 'open', source: { kind: 'file', path: file, hidden } }),
      };
    if (message.type === 'ask') return { type: 'answer', id: message.id, answer: await tables.ask(message.question) };
    if (message.type !== 'copy') return undefined;
    const { text } = await tables.ask({ ask: 'copy', wish: message.wish, named: message.named });
    copied.push(text);
    return { type: 'news', text: 'Copied' };
  };
  await page.exposeFunction('hear', async (message: GridMessage) => {
    const id = message.type === 'ask' ? message.id : -1;
    const news = await answer(message).catch((error: unknown): GridNews => ({
      type: 'refused',
      id,
      message: messageOf(error),
    }));
    if (news !== undefined) await tell(news);
  });
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await goTo(page, 'grid', options);
  const close = async () => {
    tables.end();
    await page.close();
  };
  return { page, complaints, copied, tell, close };
}
