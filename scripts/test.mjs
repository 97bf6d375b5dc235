// Runs the test suites one after the other and adds up what they say.
//   node scripts/test.mjs            every suite of `npm test`
//   node scripts/test.mjs unit …     only those named
//   node scripts/test.mjs --night    those and the slow ones, with everything that is only sampled by day: hours
// Last line: `N passed, N failed`. Before it: skipped tests with their reason, and the titles of those that failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mochaSuites = ['unit', 'contract', 'integration', 'fuzz'];
const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const night = process.argv.includes('--night');
const all = [...mochaSuites, 'window', 'e2e', ...(night ? ['nightly', 'mutation', 'interop'] : ['interop-quick'])];
const suites = asked.length > 0 ? asked : all;
/** Every case instead of some, more kills, longer fuzzing; what is set already counts more. */
const atNight = { MLOPS_ABUSE: 'all', MLOPS_KILLS: '40', MLOPS_FUZZ_SECONDS: '1800' };
const scratch = mkdtempSync(join(tmpdir(), 'mlops-tests-'));
/** @type {{ passed: number, failed: number, failures: string[], skipped: string[] }} */
const total = { passed: 0, failed: 0, failures: [], skipped: [] };
/** @type {string[]} How long each took, as a line to print. */
const times = [];

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} suite
 */
function run(command, args, suite) {
  const counts = join(scratch, `${suite}.json`);
  console.log(`\n# ${suite}`);
  const env = { ...(night && atNight), ...process.env, MLOPS_TEST_COUNTS: counts };
  const began = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit', env });
  times.push(`${suite}: ${Math.round((Date.now() - began) / 1000)} s`);
  if (!existsSync(counts)) {
    // A suite that dies before its report counts as one failure, never as silence.
    total.failed += 1;
    total.failures.push(`${suite}: ended with exit code ${status} before it could report`);
    return;
  }
  const said = JSON.parse(readFileSync(counts, 'utf8'));
  total.passed += said.passed;
  total.failed += said.failed;
  total.failures.push(...(said.failures ?? []).map((/** @type {string} */ title) => `${suite}: ${title}`));
  if (said.failed === 0 && status !== 0) {
    total.failed += 1;
    total.failures.push(`${suite}: every test passed, and it ended with exit code ${status}`);
  }
  total.skipped.push(...said.skipped);
}

/** @param {string} folder */
function hasTests(folder) {
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) => name.endsWith('.test.ts'))
  );
}

const build = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
if (build.status !== 0) {
  console.log('0 passed, 1 failed');
  process.exit(1);
}
for (const suite of suites) {
  if (existsSync(`scripts/suites/${suite}.mjs`)) run(process.execPath, [`scripts/suites/${suite}.mjs`], suite);
  else if (hasTests(`test/${suite}`)) {
    const mocha = ['node_modules/mocha/bin/mocha.js', '--config', 'test/.mocharc.json'];
    run(process.execPath, [...mocha, `test/${suite}/**/*.test.ts`], suite);
  }
}
rmSync(scratch, { recursive: true, force: true });
for (const line of total.skipped) console.log(`skipped: ${line}`);
for (const line of total.failures) console.log(`failed: ${line}`);
console.log(`time: ${times.join(', ')}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
