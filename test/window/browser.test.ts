import assert from 'node:assert/strict';
import { join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { mlops } from '../support/cli.js';
import { temporaryFolder } from '../support/temporary.js';
import { npmStart, type Started } from './support/start.js';

const viewNames = ['Pipeline', 'Endpoints', 'Alarms', 'Feature Groups', 'Buckets', 'Models'];
/** A busy machine may take long to load a window. */
const patience = 90_000;

/** The printed URL in a browser, as a person opens it: no driver, and no extension under development. */
describe('npm start -- --browser', function () {
  this.timeout(2 * patience);
  const place = temporaryFolder();
  const folder = join(place.path, 'sample');
  let started: Started;
  let verdict = '';
  let browser: Browser;
  let page: Page;
  const view = (name: string): Locator =>
    page.locator('.sidebar .pane').filter({ has: page.locator(`.pane-header h3:text-is("${name}")`) });

  before(async () => {
    started = npmStart(['--browser', '--folder', folder]);
    verdict = (await started.says(/^verdict\s+\S (\w+)/m))[1]!;
    const [url] = await started.says(/http:\/\/\S+/);
    const { executablePath, env } = JSON.parse(process.env.MLOPS_CHROMIUM!) as {
      executablePath: string;
      env: Record<string, string>;
    };
    browser = await chromium.launch({ executablePath, env: { ...process.env, ...env }, chromiumSandbox: false });
    page = await browser.newPage({ viewport: { width: 1600, height: 960 } });
    page.setDefaultTimeout(patience);
    await page.goto(url);
  });
  after(async () => {
    await page?.screenshot({ path: 'test-results/front-door.png' });
    await browser?.close();
    await started.interrupt();
    // An endpoint outlives a window on purpose; a test's ends with it.
    await mlops(['endpoint', 'stop', 'hdd-failure', '--project', folder]);
    place.remove();
  });

  it('shows the icon in the activity bar, chosen', async () => {
    const icon = page.locator('.activitybar .action-item.checked a[aria-label^="MLOps Workbench"]');
    await icon.waitFor();
  });

  it('shows six views, each with content', async () => {
    await view('Pipeline').waitFor();
    assert.deepEqual(await page.locator('.sidebar .pane-header h3').allInnerTexts(), viewNames);
    // The largest views are folded until somebody wants them.
    for (const name of ['Feature Groups', 'Buckets']) await view(name).locator('.pane-header').click();
    for (const name of viewNames) await view(name).locator('.monaco-list-row').first().waitFor();
    const stages = await view('Pipeline').locator('.monaco-list-row').allInnerTexts();
    assert.ok(
      stages.some((text) => text.startsWith('Monitor') && text.includes(verdict)),
      stages.join('\n'),
    );
  });

  it('shows the report of the verdict that the terminal printed', async () => {
    const report = page.frameLocator('iframe.webview:visible').frameLocator('#active-frame');
    const answer = report.locator('[data-verdict]').first();
    await answer.waitFor();
    assert.equal(await answer.getAttribute('data-verdict'), verdict);
    assert.match(await answer.locator('h1').innerText(), new RegExp(`^${verdict}\\b`, 'i'));
  });
});
