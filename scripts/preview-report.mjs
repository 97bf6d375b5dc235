// Draws a document with the built report page in a headless Chromium, in VS Code's colours, and saves pictures.
//   node scripts/preview-report.mjs [FILE.json …] [--theme dark,light,hc,hc-light] [--width 1400,600] [--override]
// Without files: the fixtures. Build first (npm run build). Pictures land in test-results/report/.
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { tsImport } from 'tsx/esm/api';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    theme: { type: 'string', default: 'dark,light,hc,hc-light' },
    width: { type: 'string', default: '1400,600' },
    override: { type: 'boolean', default: false },
  },
});
const fixtures = 'test/fixtures/documents';
const out = 'test-results/report';
const files =
  positionals.length > 0
    ? positionals
    : readdirSync(fixtures)
        .filter((name) => name !== 'overrides.json')
        .map((name) => join(fixtures, name));

const { openReport, chromiumPath, launch } = await tsImport('../test/support/report-page.ts', import.meta.url);
const { openDocument } = await tsImport('../src/report/open.ts', import.meta.url);
const { commandIds } = await tsImport('../src/report/view-parts.ts', import.meta.url);
const chrome = chromiumPath();
if (!chrome) {
  console.error('No Chromium found: install the package chromium, or name one in $CHROME.');
  process.exit(2);
}

const now = new Date('2026-11-21T10:00:00Z');
const { overrides } = JSON.parse(readFileSync(join(fixtures, 'overrides.json'), 'utf8'));
const held = {
  overrides: overrides.slice(0, 1),
  decisionNow: { action: 'keep', by: 'override', reason: overrides[0].reason },
};
const context = { now, commands: commandIds, overrides: [], ...(values.override ? held : {}) };

mkdirSync(out, { recursive: true });
const browser = await launch(chrome);
for (const file of files) {
  const message = openDocument(basename(file), readFileSync(file, 'utf8'), context);
  for (const theme of values.theme.split(',')) {
    for (const width of values.width.split(',').map(Number)) {
      const { page, complaints } = await openReport(browser, message, { theme, width, dist: 'dist' });
      const picture = join(
        out,
        `${basename(file, '.json')}${values.override ? '-override' : ''}-${theme}-${width}.png`,
      );
      await page.screenshot({ path: picture, fullPage: true });
      console.log(picture, ...complaints);
      await page.close();
    }
  }
}
await browser.close();
