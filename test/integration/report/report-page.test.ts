import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { openDocument } from '../../../src/report/open.js';
import type { HostMessage } from '../../../src/report/protocol.js';
import { overrides, plain, text } from '../../support/documents.js';
import {
  chromiumPath,
  drawn,
  launch,
  openReport,
  themeNames,
  type OpenedPage,
  type Theme,
} from '../../support/report-page.js';
import { triedHere } from '../../support/tried-here.js';

const chrome = chromiumPath();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const held = {
  ...plain,
  overrides: overrides(),
  decisionNow: { action: 'keep', by: 'override', reason: 'held' },
} as const;
const message = (name: string, context = plain): HostMessage => openDocument(`${name}.json`, text(name), context);

if (!chrome) {
  describe('report page', () => it.skip('is looked at in a browser (no Chromium here; $CHROME may name one)'));
} else {
  describe('report page', function () {
    this.timeout(60_000);
    const dist = mkdtempSync(join(tmpdir(), 'mlops-report-'));
    let browser: Browser;
    let opened: OpenedPage | undefined;

    before(async () => {
      await build({
        entryPoints: { report: 'webview/report/index.ts' },
        outdir: join(dist, 'webview'),
        bundle: true,
        platform: 'browser',
        target: 'es2022',
        format: 'iife',
        logLevel: 'warning',
      });
      browser = await launch(chrome);
    });
    afterEach(async () => {
      await opened?.page.close();
      opened = undefined;
    });
    after(async () => {
      await browser.close();
      rmSync(dist, { recursive: true });
    });

    async function open(what: HostMessage, theme: Theme = 'dark', width = 1400): Promise<OpenedPage> {
      opened = await openReport(browser, what, { theme, width, dist });
      return opened;
    }

    it('shows verdict, decision, gates and override where tests and people find them', async () => {
      const { page } = await open(message('monitoring-fail', held));
      assert.equal(await page.locator('[data-verdict]').getAttribute('data-verdict'), 'fail');
      assert.equal(await page.locator('h1').innerText(), 'Fail — recall is below its floor');
      assert.match(await page.locator('[data-decision="keep"]').innerText(), /Keep v3 — held by override/);
      assert.match(await page.locator('[data-override="forceSkipRetrain"]').innerText(), /is on until 24 Nov/);
      assert.equal(await page.locator('[data-gate="recall"]').getAttribute('data-status'), 'fail');
      assert.equal(await page.locator('tr[data-gate]').count(), 8);
    });

    for (const theme of triedHere(themeNames, 1)) {
      it(`has nothing serious to say for axe, breaks no policy and logs no error in theme ${theme}`, async () => {
        const looks = [
          ['monitoring-fail', 1400],
          ['monitoring-inconclusive', 600],
          ['template-monitoring-results', 900],
          ['evaluation', 1400],
        ] as const;
        for (const [name, width] of looks) {
          const { page, complaints } = await open(message(name, held), theme, width);
          assert.deepEqual(await serious(page), [], `${name} at ${width}`);
          assert.deepEqual(complaints, [], `${name} at ${width}`);
          await page.close();
        }
      });
    }

    it('fits panels down to 500 pixels without scrolling sideways', async () => {
      for (const name of ['monitoring-fail', 'monitoring-regression', 'evaluation', 'template-monitoring-results']) {
        const { page } = await open(message(name, held), 'light', 500);
        for (const width of [500, 700, 900, 1100]) {
          await page.setViewportSize({ width, height: 900 });
          await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
          const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          assert.ok(beyond <= 0, `${name} is ${beyond} px too wide at ${width}`);
        }
        await page.close();
      }
    });

    it('recomputes matrix and gates when the threshold is moved by keyboard, and goes back', async () => {
      const { page, sent } = await open(message('monitoring-fail'));
      const recorded = await cells(page);
      assert.deepEqual(recorded, ['15', '9', '3,733', '5,030']);
      await page.locator('#threshold').focus();
      await page.keyboard.press('Home');
      assert.equal((await cells(page))[1], '0');
      const recall = page.locator('[data-gate="recall"]');
      assert.equal(await recall.getAttribute('data-status'), 'pass');
      assert.match(await recall.innerText(), /recorded 0\.625/);
      assert.match(await page.locator('output').innerText(), /24 found, 0 missed/);
      assert.equal(await page.locator('[data-verdict]').getAttribute('data-verdict'), 'fail');
      await page.locator('[data-action="reset-threshold"]').press('Enter');
      assert.deepEqual(await cells(page), recorded);
      assert.equal(await recall.getAttribute('data-status'), 'fail');
      assert.deepEqual(sent, [{ type: 'ready' }]);
    });

    it('moves headline, figures, counts of rows and both dots with the threshold, as a what-if with a way back', async () => {
      const { page } = await open(message('monitoring-fail'));
      const [headline, banner] = [page.locator('h1'), page.locator('.banner')];
      const picture = (card: string) =>
        page.locator(`[data-section="${card}"] canvas`).evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
      const pictures = async () => [await picture('pr'), await picture('roc')];
      const all = async () => [
        await headline.innerText(),
        await banner.locator('p').first().innerText(),
        await page.locator('[data-evidence="recall"]').innerText(),
        await page.locator('[data-section="pr"] .keys').innerText(),
        await page.locator('[data-section="metrics"]').innerText(),
        await page.locator('.gates .table-foot').innerText(),
        ...(await page.locator(':is([data-section="pr"], [data-section="roc"]) > p').allInnerTexts()),
        ...(await page.locator('canvas').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''))),
      ];
      const [recorded, drawnBefore] = [await all(), await pictures()];
      await page.locator('#threshold').focus();
      await page.keyboard.press('Home');
      await drawn(page);
      assert.match(await headline.innerText(), /^What if the threshold were .*: recall 1\.000, precision 0\.00/);
      assert.match(await banner.innerText(), /would find 24 of 24 positives and raise [\d,]+ false alarms/);
      assert.match(await banner.innerText(), /Back to: Fail — recall is below its floor/);
      assert.equal(await banner.getAttribute('data-what-if'), '');
      assert.match(await page.locator('[data-gate="recall"]').innerText(), /\b0 missed/);
      assert.match(await page.locator('[data-section="pr"] .keys').innerText(), /what if: recall 1\.000/);
      const sentences = page.locator(':is([data-section="pr"], [data-section="roc"]) > p');
      assert.match(
        (await sentences.allInnerTexts()).join('\n'),
        /Precision at recall 1\.000[^]*What if: recall 1\.000/,
      );
      assert.match(await page.locator('.gates .table-foot').innerText(), /Soft gates: \d of 3 failed/);
      const moved = await pictures();
      moved.forEach((one, at) => assert.notEqual(one, drawnBefore[at]));
      await page.locator('[data-action="reset-what-if"]').press('Enter');
      await drawn(page);
      assert.deepEqual(await all(), recorded);
      assert.deepEqual(await pictures(), drawnBefore);
      assert.equal(await banner.getAttribute('data-what-if'), null);
    });

    it('says of slices that they stay at the recorded threshold while another is tried', async () => {
      const { page } = await open(message('monitoring-everything'));
      const slices = page.locator('[data-section="slices"]');
      assert.doesNotMatch(await slices.innerText(), /at the recorded threshold/);
      await page.locator('#threshold').focus();
      await page.keyboard.press('Home');
      assert.match(await slices.innerText(), /Slices stay as recorded, at the recorded threshold/);
      await page.locator('[data-action="reset-threshold"]').press('Enter');
      assert.doesNotMatch(await slices.innerText(), /at the recorded threshold/);
    });

    it('draws every key as its line: colour and dashes', async () => {
      const { page } = await open(message('monitoring-fail'));
      const keys = await page.evaluate(() =>
        [...document.querySelectorAll('[data-key]')].map((key) => {
          const mark = key.querySelector('line, circle')!;
          const { stroke, strokeDasharray } = getComputedStyle(mark);
          return { role: key.getAttribute('data-key')!, mark: mark.tagName, stroke, strokeDasharray };
        }),
      );
      const variables: Record<string, string> = {
        ...{ baseline: '--baseline', current: '--current', now: '--fail', other: '--quiet', diagonal: '--quiet' },
      };
      const dashes: Record<string, string> = { current: '5px, 4px', diagonal: '2px, 4px' };
      const colours = await page.evaluate((names) => {
        const probe = document.body.appendChild(document.createElement('span'));
        return Object.fromEntries(
          names.map((name) => {
            probe.style.color = `var(${name})`;
            return [name, getComputedStyle(probe).color];
          }),
        );
      }, Object.values(variables));
      assert.deepEqual([...new Set(keys.map(({ role }) => role))].sort(), ['baseline', 'current', 'diagonal', 'now']);
      for (const { role, mark, stroke, strokeDasharray } of keys) {
        assert.equal(stroke, colours[variables[role]!], role);
        if (mark === 'line') assert.equal(strokeDasharray, dashes[role] ?? 'none', role);
      }
    });

    it('reaches every action by keyboard and asks the host for it', async () => {
      const { page, sent } = await open(message('monitoring-fail', held));
      const reached: string[] = [];
      for (let i = 0; i < 45; i++) {
        await page.keyboard.press('Tab');
        const place = await page.evaluate(() => {
          const { dataset, id, tagName } = document.activeElement as HTMLElement;
          return dataset.action ?? dataset.evidence ?? (id || tagName.toLowerCase());
        });
        if (place === 'body' || place === reached[0]) break;
        reached.push(place);
        if (place === 'retrain' || place === 'copyMarkdown') await page.keyboard.press('Enter');
      }
      for (const place of [
        'retrain',
        'viewJson',
        'copyMarkdown',
        'recall',
        'false-positives',
        'drift',
        'threshold',
        'details-pr',
      ]) {
        assert.ok(reached.includes(place), `${place} was not reached: ${reached.join(', ')}`);
      }
      await page.locator('[data-evidence="recall"]').press('Enter');
      assert.deepEqual(sent.slice(1), [
        { type: 'command', command: 'retrain' },
        { type: 'command', command: 'copyMarkdown' },
        { type: 'command', command: 'showRows', argument: 'gate:recall' },
      ]);
    });

    it('keeps the keyboard’s place when a new snapshot comes, and says only a changed verdict aloud', async () => {
      const { page, send } = await open(message('monitoring-fail'));
      await page.locator('[data-action="viewJson"]').focus();
      await send(message('monitoring-fail', held));
      await page.locator('[data-override]').waitFor();
      assert.equal(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.action), 'viewJson');
      assert.equal(await page.locator('#news').textContent(), '');
      await send(message('monitoring-pass'));
      await page.locator('[data-verdict="pass"]').waitFor();
      assert.equal(await page.locator('#news').textContent(), 'Pass — all 7 gates hold');
    });

    it('redraws its charts in the colours of a new theme', async () => {
      const { page, setTheme } = await open(message('monitoring-fail'));
      const picture = () => page.locator('.card-pr canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
      const dark = await picture();
      await setTheme('light');
      await drawn(page);
      assert.notEqual(await picture(), dark);
    });

    it('shows a document that is no report as a tree, with the reason', async () => {
      const odd = { kind: 'recipe', schemaVersion: 1, steps: [{ what: 'whisk' }] };
      const { page } = await open(openDocument('recipe.json', JSON.stringify(odd), plain));
      assert.match(await page.locator('[data-raw-reason]').innerText(), /no report for a document of kind "recipe"/);
      assert.match((await page.locator('[data-tree]').textContent()) ?? '', /whisk/);
    });

    it('takes names from data as text, never as markup', async () => {
      const base = JSON.parse(text('monitoring-fail')) as { columns: { column: string }[] };
      base.columns[0]!.column = '<img src=x onerror=alert(1)>';
      const { page, complaints } = await open(openDocument('m.json', JSON.stringify(base), plain));
      assert.equal(await page.locator('img').count(), 0);
      assert.deepEqual(complaints, []);
    });
  });
}

/** The four cells of the confusion matrix: found, missed, false alarms, left alone. */
function cells(page: Page): Promise<string[]> {
  return page.locator('.card-matrix [data-cell] strong').allInnerTexts();
}

/** What axe calls serious or critical. */
async function serious(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)} ${node.failureSummary ?? ''}`));
}
