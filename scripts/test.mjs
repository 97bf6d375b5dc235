// Runs the test suites and adds up what they say: three at a time, for each waits often, but for those with a window, which
// have the machine for themselves. The longest is run in pieces, so that none of the three ends long before the others.
//   node scripts/test.mjs            every suite of `npm test`
//   node scripts/test.mjs unit …     only those named
//   node scripts/test.mjs --night    those and the slow ones, with everything that is only sampled by day: hours
// Last line: `N passed, N failed`. Before it: skipped tests with their reason, the titles of those that failed, and the slowest files.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { packExtension } from './vscode/pack.mjs';

/** The slowest first: what one of the three says is seen at once, what the others say when they end. */
const besideOthers = ['interop-quick', 'integration', 'unit', 'fuzz', 'contract'];
const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const night = process.argv.includes('--night');
const slow = ['nightly', 'mutation', 'interop'];
const byDay = [...besideOthers, 'window', 'e2e'];
const all = night ? [...byDay.filter((suite) => suite !== 'interop-quick'), ...slow] : byDay;
const suites = asked.length > 0 ? asked : all;
/** Every case instead of some, more kills, longer fuzzing; what is set already counts more. */
const atNight = { MLOPS_ABUSE: 'all', MLOPS_KILLS: '40', MLOPS_FUZZ_SECONDS: '1800', PROPERTY_RUNS: '400' };
/** @type {Record<string, number>} Into how many pieces a suite is cut; one otherwise. */
const pieces = { integration: 4 };
const withWindow = ['window', 'e2e'];
const scratch = mkdtempSync(join(tmpdir(), 'mlops-tests-'));
/** @type {{ passed: number, failed: number, failures: string[], skipped: string[] }} */
const total = { passed: 0, failed: 0, failures: [], skipped: [] };
/** @type {string[]} How long each took, as a line to print. */
const times = [];
/** @type {[file: string, seconds: number][]} How long the tests of each file took. */
const files = [];

/** @typedef {{ suite: string, piece: number, of: number }} Part */
/** @param {string} suite @returns {Part[]} */
function partsOf(suite) {
  const of = pieces[suite] ?? 1;
  return Array.from({ length: of }, (_, piece) => ({ suite, piece, of }));
}

/** @param {Part} part @returns {string[] | undefined} what runs it; nothing where there is none of that name */
function commandOf({ suite, piece, of }) {
  if (existsSync(`scripts/suites/${suite}.mjs`)) return [`scripts/suites/${suite}.mjs`];
  const files = testsOf(`test/${suite}`).filter((_, at) => at % of === piece);
  return files.length === 0
    ? undefined
    : ['node_modules/mocha/bin/mocha.js', '--config', 'test/.mocharc.json', ...files];
}

/**
 * @param {Part} part
 * @param {boolean} atOnce whether what it says is printed as it comes, not when it ends
 */
async function run(part, atOnce) {
  const command = commandOf(part);
  if (command === undefined) return;
  const { suite, piece, of } = part;
  const name = of === 1 ? suite : `${suite} ${piece + 1}/${of}`;
  const counts = join(scratch, `${suite}-${piece}.json`);
  const packed = withWindow.includes(suite) && { MLOPS_PACKAGE: packedOnce() };
  const env = { ...(night && atNight), ...process.env, ...packed, MLOPS_TEST_COUNTS: counts };
  const began = Date.now();
  if (atOnce) console.log(`\n# ${name}`);
  const output = atOnce ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, command, { stdio: ['ignore', output, output], env });
  const said = Promise.all([child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')));
  await once(child, 'close');
  if (!atOnce) process.stdout.write(`\n# ${name}\n${(await said).join('')}`);
  times.push(`${name}: ${Math.round((Date.now() - began) / 1000)} s`);
  count(suite, counts, child.exitCode);
}

/**
 * @param {string} suite
 * @param {string} counts the file that it left
 * @param {number | null} status
 */
function count(suite, counts, status) {
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
  files.push(...Object.entries(/** @type {Record<string, number>} */ (said.seconds ?? {})));
}

/** @param {string} folder */
function testsOf(folder) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names.filter((name) => name.endsWith('.test.ts')).map((name) => `${folder}/${name}`);
}

/** The package that every window installs. */
function packedOnce() {
  return (process.env.MLOPS_PACKAGE ??= packExtension());
}

const build = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
if (build.status !== 0) {
  console.log('0 passed, 1 failed');
  process.exit(1);
}
const waiting = suites.filter((suite) => besideOthers.includes(suite)).flatMap(partsOf);
/** @param {boolean} atOnce */
async function work(atOnce) {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await run(next, atOnce);
}
await Promise.all([work(true), work(false), work(false)]);
for (const suite of suites) if (!besideOthers.includes(suite)) for (const part of partsOf(suite)) await run(part, true);
rmSync(scratch, { recursive: true, force: true });
for (const line of total.skipped) console.log(`skipped: ${line}`);
for (const line of total.failures) console.log(`failed: ${line}`);
const slowest = files.sort(([, a], [, b]) => b - a).slice(0, 20);
for (const [file, seconds] of slowest) console.log(`slow: ${Math.round(seconds)} s ${relative('.', file)}`);
console.log(`time: ${times.join(', ')}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
