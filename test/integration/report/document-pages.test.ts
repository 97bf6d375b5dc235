import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { openComparison } from '../../../src/report/comparison/open.js';
import { openDocument } from '../../../src/report/open.js';
import type { HostMessage } from '../../../src/report/protocol.js';
import { plain } from '../../support/documents.js';
import { chromiumPath, drawn, launch, openReport, type OpenedPage, type Theme } from '../../support/report-page.js';
import { triedHere } from '../../support/tried-here.js';

const chrome = chromiumPath();
const fixtures = join(import.meta.dirname, '../../fixtures');
const golden = join(fixtures, 'report-pages');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const outline = readFileSync(join(import.meta.dirname, '../../support/outline.js'), 'utf8');

const textOf = (file: string) => readFileSync(join(fixtures, 'documents', file), 'utf8');
const messages = new Map<string, HostMessage>(
  readdirSync(join(fixtures, 'documents')).map((file) => [
    file.replace(/\.json$/, ''),
    openDocument(file, textOf(file), plain),
  ]),
);
const side = (name: string) => ({ name, text: textOf(`${name}.json`) });
messages.set('comparison', openComparison(side('monitoring-pass'), side('monitoring-fail'), plain));

if (!chrome) {
  describe('pages of documents', () => it.skip('are looked at in a browser (no Chromium here; $CHROME may name one)'));
} else {
  describe('pages of documents', function () {
    this.timeout(60_000);
    const dist = mkdtempSync(join(tmpdir(), 'mlops-pages-'));
    let browser: Browser;

    before(async () => {
      await build({
        entryPoints: { report: 'webview/report/index.ts' },
        ...{ outdir: join(dist, 'webview'), bundle: true, platform: 'browser', target: 'es2022', format: 'iife' },
        logLevel: 'warning',
      });
      browser = await launch(chrome);
    });
    after(async () => {
      await browser.close();
      rmSync(dist, { recursive: true });
    });

    async function look<T>(
      message: HostMessage,
      theme: Theme,
      width: number,
      at: (page: Page) => Promise<T>,
    ): Promise<T> {
      const { page, complaints } = await openReport(browser, message, { theme, width, dist });
      try {
        const seen = await at(page);
        assert.deepEqual(complaints, []);
        return seen;
      } finally {
        await page.close();
      }
    }

    describe('one after the other', () => {
      let opened: OpenedPage;
      before(async () => {
        opened = await openReport(browser, messages.get('overrides')!, { theme: 'light', width: 1200, dist });
        await opened.page.evaluate(axe);
        await opened.page.evaluate(outline);
      });
      after(() => opened.page.close());

      for (const [name, message] of messages) {
        it(`say of ${name} what its golden file says, fit 600 pixels and have nothing serious for axe`, async () => {
          const { page, send, setTheme, complaints } = opened;
          await page.evaluate(() => document.querySelector('main')?.setAttribute('data-old', ''));
          await send(message);
          await page.locator('main:not([data-old])').waitFor();
          await drawn(page);
          const said = await page.evaluate(() => (window as unknown as { outline(): string }).outline());
          const file = join(golden, `${name}.txt`);
          if (process.env.UPDATE_GOLDEN === '1') {
            mkdirSync(golden, { recursive: true });
            writeFileSync(file, said);
          }
          await page.setViewportSize({ width: 600, height: 900 });
          for (const theme of triedHere(['dark', 'light'] as const, 1)) {
            await setTheme(theme);
            assert.deepEqual(await serious(page), [], theme);
          }
          const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          await page.setViewportSize({ width: 1200, height: 900 });
          assert.ok(beyond <= 0, `${beyond} px too wide`);
          assert.deepEqual(complaints, []);
          assert.equal(said, readFileSync(file, 'utf8'), `${file} is refreshed by UPDATE_GOLDEN=1`);
        });
      }
    });

    it('sort a table by any column with the keyboard alone', async () => {
      await look(messages.get('drift-report')!, 'dark', 1200, async (page) => {
        const head = page.locator('[data-table="drift"] [data-sort="statistic"]');
        const first = () => page.locator('[data-table="drift"] tbody tr').first().getAttribute('data-row');
        await head.press('Enter');
        assert.equal(await first(), 'age wasserstein');
        await head.press('Enter');
        assert.equal(await first(), 'num_medications ks');
        const cell = page.locator('[data-table="drift"] th[aria-sort="ascending"]');
        assert.match(await cell.innerText(), /Statistic/);
      });
    });

    it('leave only what drifted when asked to, and say how much that is', async () => {
      await look(messages.get('drift-report')!, 'dark', 1200, async (page) => {
        await page.locator('[data-filter="drift"]').press('Space');
        assert.equal(await page.locator('[data-table="drift"] tbody tr').count(), 3);
        assert.match(await page.locator('[data-count]').first().innerText(), /3 of 4 rows/);
      });
    });

    it('show another row’s waterfall when it is chosen', async () => {
      await look(messages.get('explanation')!, 'dark', 1200, async (page) => {
        await page.locator('[data-choose]').selectOption('3');
        assert.match((await page.locator('[data-waterfall]').getAttribute('data-waterfall')) ?? '', /^patient-003/);
      });
    });

    it('open what lies deeper in an unknown document by keyboard', async () => {
      await look(openDocument('x.json', '{"a":{"b":{"c":{"d":"deep down"}}}}', plain), 'dark', 800, async (page) => {
        const inner = page.locator('.tree details details > summary').first();
        assert.equal(await page.getByText('deep down').isVisible(), false);
        await inner.press('Enter');
        await page.locator('.tree details details details > summary').first().press('Enter');
        assert.equal(await page.getByText('deep down').isVisible(), true);
      });
    });

    it('ask for the rows of a cell, show them, explain one, and give the keyboard back', async () => {
      const { page, sent, complaints } = await openReport(browser, messages.get('monitoring-everything')!, {
        theme: 'dark',
        width: 1200,
        dist,
      });
      const cell = page.locator('.card-matrix [data-cell="fn"]');
      await cell.press('Enter');
      assert.deepEqual(sent.at(-1), { type: 'command', command: 'showRows', argument: 'cell:fn' });
      const table = {
        ...{ type: 'table', id: 'rows-cell:fn', title: 'Missed', columns: [{ id: 'record_id', title: 'Record' }] },
        rows: [
          {
            id: 'r1',
            cells: [{ text: 'r1', sort: 'r1' }],
            open: { command: 'explainRow', label: 'r1', argument: 'r1' },
          },
        ],
      };
      const tell = (news: unknown) => page.evaluate((data) => window.postMessage(data, '*'), news);
      await tell({ type: 'rows', selection: 'cell:fn', title: 'Missed', table, note: '1 row', explains: true });
      // Right below what was pressed, also once the page is drawn anew.
      const isBelow = () =>
        page.evaluate(
          () => document.querySelector('#rows')?.previousElementSibling?.querySelector('[data-cell="fn"]') != null,
        );
      assert.ok(await isBelow());
      await tell(messages.get('monitoring-everything'));
      assert.ok(await isBelow());
      await page.locator('[data-section="rows"] [data-rows="r1"]').press('Enter');
      assert.deepEqual(sent.at(-1), { type: 'command', command: 'explainRow', argument: 'r1' });
      await tell({ type: 'explained', record: 'r1', waterfall: null, note: 'Nothing is known of it.' });
      await page.getByText('Nothing is known of it.').waitFor();
      assert.deepEqual(await serious(page), []);
      await page.keyboard.press('Escape');
      assert.equal(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.cell), 'fn');
      assert.deepEqual(complaints, []);
      await page.close();
    });
  });
}

/** What axe calls serious or critical. */
async function serious(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`));
}
