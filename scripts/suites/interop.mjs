// Runs the tests in test/interop/<group> against real Python packages, each group with the environments it needs:
//   quick  LightGBM, scikit-learn, moto, boto3: part of `npm test` where Python exists
//   full   everything else; `npm run test:interop` runs both
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { packagesOf } from '../packages.mjs';
import { pythonOf } from '../python.mjs';
import { MissingTool } from '../vscode/tools.mjs';

/** @type {Record<string, string[]>} Packages of npm that a group runs. */
const packages = { quick: [], full: ['inspector'] };
const environments = {
  quick: ['learn', 'aws'],
  full: ['learn', 'aws', 'evidently', 'nannyml', 'elsewhere', 'delivery', 'airflow'],
};

/** @param {(keyof typeof environments)[]} groups */
export async function runInterop(groups) {
  const present = groups.filter((group) => existsSync(`test/interop/${group}`));
  const files = present.flatMap((group) =>
    readdirSync(`test/interop/${group}`, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => `test/interop/${group}/${name}`),
  );
  const env = { ...process.env };
  try {
    for (const name of new Set(present.flatMap((group) => environments[group]))) {
      env[`MLOPS_PYTHON_${name.toUpperCase()}`] = await pythonOf(name);
    }
    for (const name of present.flatMap((group) => packages[group] ?? []))
      env[`MLOPS_PACKAGES_${name.toUpperCase()}`] = await packagesOf(name);
  } catch (error) {
    if (!(error instanceof MissingTool)) throw error;
    report({ passed: 0, failed: 0, skipped: files.map((file) => `${file}: ${error.message}`) });
    return;
  }
  const mocha = ['node_modules/mocha/bin/mocha.js', '--config', 'test/.mocharc.json', '--timeout', '120000'];
  const { status } = spawnSync(process.execPath, [...mocha, ...files], { stdio: 'inherit', env });
  process.exitCode = status ?? 1;
}

/** @param {{ passed: number, failed: number, skipped: string[] }} counts */
function report(counts) {
  if (process.env.MLOPS_TEST_COUNTS) writeFileSync(process.env.MLOPS_TEST_COUNTS, JSON.stringify(counts));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await runInterop(['quick', 'full']);
