// `npm start`: builds, makes the sample project, runs its pipeline, prints the verdict, and opens VS Code with it.
//   npm start -- --browser    in a browser; without this on the desktop, where the command `code` is found
//   npm start -- --desktop    in the desktop program
//   npm start -- --no-open    stops after the verdict
//   npm start -- --folder DIR makes the sample project there
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findCode, openOnDesktop } from './vscode/desktop.mjs';
import { openInBrowser } from './vscode/open.mjs';

const root = resolve(import.meta.dirname, '..');

function readArguments() {
  const { values } = parseArgs({
    options: {
      browser: { type: 'boolean', default: false },
      desktop: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      folder: { type: 'string', default: join(root, 'sample', 'hdd-failure') },
    },
  });
  if (values.browser && values.desktop) throw new Error('expected --browser or --desktop, found both');
  const door = values.browser || (!values.desktop && !findCode()) ? openInBrowser : openOnDesktop;
  return { folder: resolve(values.folder), open: values['no-open'] ? undefined : door };
}

/**
 * @param {string} title
 * @param {string} script
 * @param {string[]} args
 */
function step(title, script, ...args) {
  console.error(`\n# ${title}`);
  return spawnSync(process.execPath, [resolve(root, script), ...args], { cwd: root, stdio: 'inherit' }).status;
}

/** @param {number | null} status */
function must(status) {
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * A window that opens the sample shows the view and the report, unless its settings say otherwise.
 * @param {string} folder
 */
function letItShow(folder) {
  const settings = join(folder, '.vscode', 'settings.json');
  if (existsSync(settings)) return;
  mkdirSync(dirname(settings), { recursive: true });
  writeFileSync(settings, '{\n  "mlops.showOnOpen": true\n}\n');
}

try {
  const { folder, open } = readArguments();
  must(step('build', 'scripts/build.mjs'));
  if (!existsSync(join(folder, 'mlops.json'))) {
    must(step('make the sample project', 'dist/cli.js', 'init', 'hdd-failure', folder, '--sample'));
  }
  letItShow(folder);
  const answer = step('run its pipeline on this machine', 'dist/cli.js', 'run', '--project', folder);
  // 0 pass or warn, 1 fail and 3 inconclusive are verdicts; anything else is a broken run.
  if (answer === null || ![0, 1, 3].includes(answer)) process.exit(answer ?? 1);
  if (!open) process.exit(answer);
  console.error('\n# open VS Code with the extension installed');
  await open(folder);
} catch (error) {
  console.error(`npm start: ${/** @type {Error} */ (error).message}`);
  process.exitCode = 2;
}
