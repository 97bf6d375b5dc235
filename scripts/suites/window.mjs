// Tests of what `npm start` opens, as a person meets it: test/window, from outside of VS Code and without its test driver.
// What they need of the machine is found or made first, so that the tests wait only for what they test.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { ensureChromium } from '../vscode/chromium.mjs';
import { ensureVsCode } from '../vscode/install.mjs';
import { MissingTool } from '../vscode/tools.mjs';

const log = console.log;
try {
  await ensureVsCode({ log });
  const { executablePath, env } = await ensureChromium({ log });
  const mocha = ['node_modules/mocha/bin/mocha.js', '--config', 'test/.mocharc.json', 'test/window/**/*.test.ts'];
  const { status } = spawnSync(process.execPath, mocha, {
    stdio: 'inherit',
    env: { ...process.env, MLOPS_CHROMIUM: JSON.stringify({ executablePath, env }) },
  });
  process.exitCode = status ?? 1;
} catch (error) {
  if (!(error instanceof MissingTool)) throw error;
  const skipped = [`the window that npm start opens (${error.message})`];
  console.log(skipped[0]);
  if (process.env.MLOPS_TEST_COUNTS) {
    writeFileSync(process.env.MLOPS_TEST_COUNTS, JSON.stringify({ passed: 0, failed: 0, skipped }));
  }
}
