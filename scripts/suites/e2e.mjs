// The tests inside VS Code: bundles test/e2e, opens a sample workspace in a real VS Code into which the extension is
// installed as a person's is, runs mocha in its extension host and does there what only a browser can (pictures, the
// pages in webviews). Two windows, one after the other: a project on this machine (test/e2e), and one in a double of an
// AWS account (test/e2e/aws).
//   node scripts/suites/e2e.mjs [local|aws]   one of them alone
//   MLOPS_E2E_ONLY=REGEXP  only tests whose titles match
//   MLOPS_E2E_BAIL=1       ends with the first that fails
//   MLOPS_E2E_NIGHT=1      those in test/e2e/night instead, which take long
//   MLOPS_VSCODE=desktop   the local tests in VS Code's desktop program, which is downloaded
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsPart } from '../e2e/aws-part.mjs';
import { runInBrowser } from '../e2e/window.mjs';
import { runOnDesktop } from '../vscode/desktop.mjs';
import { packExtension } from '../vscode/pack.mjs';
import { tidily } from '../vscode/processes.mjs';
import { MissingTool } from '../vscode/tools.mjs';

const compiled = 'out/test';
/** The project that the local tests open: new, with data on which the model fails, and nothing run yet. */
const project = ['hdd-failure', '--sample', '--scenario', 'failing', '--quiet'];
const onDesktop = process.env.MLOPS_VSCODE === 'desktop';

/** @typedef {{ passed: number, failed: number, failures?: string[], skipped: string[] }} Counts */
/** @typedef {(ends: (() => unknown)[], vsix: string, env: Record<string, string>) => Promise<number>} Part */

/** @type {Record<string, Part>} */
const parts = { local: runLocal, aws: (ends, vsix, env) => awsPart({ ends, vsix, env, compiled, onDesktop }) };

async function bundleTests() {
  const files = readdirSync('test/e2e', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.ts'),
  );
  rmSync(compiled, { recursive: true, force: true });
  await build({
    entryPoints: ['index.ts', ...files].map((name) => join('test/e2e', name)),
    outdir: compiled,
    outbase: 'test/e2e',
    bundle: true,
    mainFields: ['module', 'main'],
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha', '@aws-sdk/*'],
    logLevel: 'warning',
  });
}

/** @type {Part} */
async function runLocal(ends, vsix, env) {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-e2e-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const workspace = join(folder, 'sample');
  execFileSync(process.execPath, ['dist/cli.js', 'init', ...project, workspace], { stdio: 'ignore' });
  if (onDesktop) {
    Object.assign(process.env, env);
    return runOnDesktop({ vsix, folder: workspace, testsPath: compiled });
  }
  return runInBrowser({ vsix, folder: workspace, compiled, env, ends });
}

/** @type {(file: string) => Counts} */
const readCounts = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** @type {(all: Counts[]) => Counts} */
const sumOf = (all) => ({
  passed: all.reduce((sum, { passed }) => sum + passed, 0),
  failed: all.reduce((sum, { failed }) => sum + failed, 0),
  failures: all.flatMap(({ failures = [] }) => failures),
  skipped: all.flatMap(({ skipped }) => skipped),
});

/**
 * @param {string} name
 * @param {string} vsix the extension's package
 * @param {string} file where the part's counts are left
 * @returns {Promise<Counts>} what cannot run here is skipped, with its reason
 */
async function countsOf(name, vsix, file) {
  try {
    const code = await tidily((ends) => parts[name](ends, vsix, { MLOPS_E2E_PART: name, MLOPS_TEST_COUNTS: file }));
    const counts = sumOf([file, `${file}.reloaded`].filter((one) => existsSync(one)).map(readCounts));
    // A window that ends badly after its tests is a failure too.
    return { ...counts, failed: counts.failed + (counts.failed === 0 && code !== 0 ? 1 : 0) };
  } catch (error) {
    if (!(error instanceof MissingTool)) throw error;
    const reason = `in-VS-Code tests, ${name} (${error.message})`;
    console.log(reason);
    return { passed: 0, failed: 0, skipped: [reason] };
  }
}

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in parts));
if (unknown !== undefined) throw new Error(`${unknown}: expected ${Object.keys(parts).join(' or ')}`);
const scratch = mkdtempSync(join(tmpdir(), 'mlops-e2e-counts-'));
try {
  await bundleTests();
  const vsix = packExtension();
  /** @type {Counts[]} */
  const counts = [];
  for (const name of asked.length > 0 ? asked : Object.keys(parts))
    counts.push(await countsOf(name, vsix, join(scratch, `${name}.json`)));
  const total = sumOf(counts);
  if (process.env.MLOPS_TEST_COUNTS) writeFileSync(process.env.MLOPS_TEST_COUNTS, JSON.stringify(total));
  process.exitCode = total.failed === 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
