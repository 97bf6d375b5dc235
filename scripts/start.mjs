// `npm start`: builds, makes the sample project, runs its pipeline, prints the verdict, opens VS Code.
//   npm start -- --no-open    stops after the verdict
//   npm start -- --desktop    opens the installed desktop VS Code instead of one in the browser
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const folder = resolve(root, 'sample', 'hdd-failure');
const flags = new Set(process.argv.slice(2));

function step(title, script, ...args) {
  console.error(`\n# ${title}`);
  return spawnSync(process.execPath, [resolve(root, script), ...args], { cwd: root, stdio: 'inherit' }).status;
}

function must(status) {
  if (status !== 0) process.exit(status ?? 1);
}

must(step('build', 'scripts/build.mjs'));
if (!existsSync(resolve(folder, 'mlops.json'))) {
  must(step('make the sample project', 'dist/cli.js', 'init', 'hdd-failure', folder, '--sample'));
}
const answer = step('run its pipeline on this machine', 'dist/cli.js', 'run', '--project', folder);
// 0 pass or warn, 1 fail and 3 inconclusive are verdicts; anything else is a broken run.
if (![0, 1, 3].includes(answer)) process.exit(answer ?? 1);
if (flags.has('--no-open')) process.exit(answer);

const { openVsCode } = await import('./vscode/open.mjs');
await openVsCode({ extension: root, folder, desktop: flags.has('--desktop') });
