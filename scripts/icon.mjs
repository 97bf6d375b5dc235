// Draws media/icon.png, which the extension shows in lists, from media/mlops.svg. Run it after changing that:
//   node scripts/icon.mjs
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { ensureChromium } from './vscode/chromium.mjs';

const size = 128;
const drawing = readFileSync('media/mlops.svg', 'utf8').replace('<svg ', '<svg style="width: 88px; height: 88px" ');
const page = `<body style="margin: 0"><div style="width: ${size}px; height: ${size}px; display: grid;
  place-items: center; color: #fff; background: #1f5f8b; border-radius: 24px">${drawing}</div></body>`;

const { executablePath, env } = await ensureChromium({ log: console.log });
const browser = await chromium.launch({ executablePath, env, args: ['--no-sandbox'] });
try {
  const tab = await browser.newPage({ viewport: { width: size, height: size } });
  await tab.setContent(page);
  await tab.screenshot({ path: 'media/icon.png', omitBackground: true });
} finally {
  await browser.close();
}
