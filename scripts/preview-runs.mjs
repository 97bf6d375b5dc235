// Draws the page of runs with made runs in a headless Chromium, in VS Code's colours, and saves pictures.
//   node scripts/preview-runs.mjs [--theme dark,light,hc] [--width 1600,700,300]
// Build first (npm run build). Pictures land in test-results/runs/.
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { tsImport } from 'tsx/esm/api';

const { values } = parseArgs({
  options: {
    theme: { type: 'string', default: 'dark,light,hc' },
    width: { type: 'string', default: '1600,700,300' },
  },
});
const { openPage, chromiumPath, launch } = await tsImport('../test/support/report-page.ts', import.meta.url);
const { manyRuns, runsHost } = await tsImport('../test/support/many-runs.ts', import.meta.url);
const out = 'test-results/runs';
mkdirSync(out, { recursive: true });
const browser = await launch(chromiumPath());
for (const theme of values.theme.split(',')) {
  for (const width of values.width.split(',').map(Number)) {
    const opened = await openPage(browser, 'runs', runsHost(manyRuns(10_000)), { theme, width, dist: 'dist' });
    await opened.page.locator('tr[data-run]').first().waitFor();
    await opened.page.locator('tr[data-run] input').nth(1).click();
    await opened.page.locator('tr[data-run] input').nth(0).click();
    await opened.page.locator('tr[data-run] .star').nth(6).click();
    await opened.page.locator('.star[aria-pressed="true"]').waitFor();
    const picture = `${out}/runs-${theme}-${width}.png`;
    await opened.page.screenshot({ path: picture });
    console.log(picture, ...opened.complaints);
    await opened.page.close();
  }
}
await browser.close();
