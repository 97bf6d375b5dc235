import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import type { RunsAsk, RunsNews } from '../../../src/report/runs/protocol.js';
import { manyRuns, runsHost } from '../../support/many-runs.js';
import { chromiumPath, launch, openPage, type OpenedPage, type Theme } from '../../support/report-page.js';

const chrome = chromiumPath();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

if (!chrome) {
  describe('page of runs', () => it.skip('is looked at in a browser (no Chromium here; $CHROME may name one)'));
} else {
  describe('page of runs', function () {
    this.timeout(60_000);
    const dist = mkdtempSync(join(tmpdir(), 'mlops-runs-'));
    let browser: Browser;
    let opened: OpenedPage<RunsAsk, RunsNews> | undefined;

    before(async () => {
      await build({
        entryPoints: { runs: 'webview/runs/index.ts' },
        ...{ outdir: join(dist, 'webview'), bundle: true, platform: 'browser', target: 'es2022', format: 'iife' },
      });
      browser = await launch(chrome);
    });
    afterEach(() => opened?.page.close());
    after(async () => {
      await browser.close();
      rmSync(dist, { recursive: true });
    });

    async function open(count: number, theme: Theme = 'dark', width = 1400) {
      opened = await openPage(browser, 'runs', runsHost(manyRuns(count)), { theme, width, dist });
      await opened.page.locator('tr[data-run]').first().waitFor();
      return opened;
    }

    for (const theme of ['dark', 'light', 'hc'] as const) {
      it(`has nothing serious to say for axe, breaks no policy and logs no error in theme ${theme}`, async () => {
        for (const width of theme === 'dark' ? [1600, 300] : [700]) {
          const { page, complaints } = await open(60, theme, width);
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() =>
            (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
          );
          const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
          assert.deepEqual(
            serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
            [],
            `at ${width}`,
          );
          assert.deepEqual(complaints, []);
          const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          assert.ok(beyond <= 0, `${beyond} px too wide at ${width}`);
          if (width === 1600) await page.close();
        }
      });
    }

    it('shows row 9,990 of 10,000 at once, and draws no more rows than are seen', async () => {
      const { page } = await open(10_000);
      const jumpTo = (row: number) =>
        page.evaluate(async (place) => {
          const began = performance.now();
          document.querySelector('[data-scroll]')!.scrollTop = (place - 5) * 28;
          while (document.querySelector(`tr[data-run][aria-rowindex="${place + 1}"]`) === null)
            await new Promise((done) => requestAnimationFrame(done));
          return performance.now() - began;
        }, row);
      // Half a second on a machine that does nothing else; the quickest of three, and room, for this one may do more.
      const jumps = [await jumpTo(3000), await jumpTo(6000), await jumpTo(9990)];
      assert.ok(Math.min(...jumps) < 2000, `${jumps.join(', ')} ms`);
      assert.ok((await page.locator('tr[data-run]').count()) < 80);
      assert.equal(await page.locator('table').getAttribute('aria-rowcount'), '10001');
    });

    it('is worked by keyboard alone: arrows, select, star, compare, open', async () => {
      const { page, sent } = await open(60);
      await page.locator('tr[tabindex="0"]').focus();
      for (const key of ['Space', 'ArrowDown', 'ArrowDown', 'Space', 's', 'c', 'Enter', 'End', 'Home'])
        await page.keyboard.press(key);
      const ids = manyRuns(3).map(({ id }) => id);
      const said = sent.filter(({ type }) => type !== 'window' && type !== 'ready');
      assert.deepEqual(said, [
        { type: 'star', id: ids[2], on: true },
        { type: 'compare', a: ids[2], b: ids[0] },
        { type: 'open', id: ids[2] },
      ]);
      await page.locator(`[data-run="${ids[2]}"] .star[aria-pressed="true"]`).waitFor();
      assert.equal(await page.locator('tr[aria-selected="true"]').count(), 2);
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex')), '2');
    });

    it('filters, sorts and shows other columns; local times say their zone', async () => {
      const { page, sent } = await open(60);
      assert.match(await page.locator('th').nth(2).innerText(), /^Time \(CET\)/);
      assert.equal(await page.locator('[data-open]').first().innerText(), '21 Nov 09:31');
      await page.locator('[data-only="crashed"]').click();
      await page.locator('[data-count]', { hasText: '7 of 60' }).waitFor();
      await page.locator('[data-place]').first().click();
      assert.equal(sent.at(-1)?.type, 'place');
      await page.locator('[data-only="all"]').click();
      await page.locator('#filter').fill('recall < 0.7');
      await page.locator('[data-sort="figure recall"]').click();
      await page.locator('th[aria-sort="descending"] [data-sort="figure recall"]').waitFor();
      await page.locator('#columns').click();
      await page.locator('[data-column="id"]').check();
      await page.locator('[data-sort="id"]').waitFor();
    });
  });
}
