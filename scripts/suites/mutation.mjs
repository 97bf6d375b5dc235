// Changes the code that judges in one place at a time; its unit tests have to notice. Minutes. A room passes when at least
// 80 % of its changes are noticed; test-results/mutation.json has every one, and the output those that were not.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const least = 80;
const report = 'test-results/mutation.json';
const rooms = ['src/gates/', 'src/alarms/', 'src/drift/', 'src/platform/permissions/', 'src/operations/'];

rmSync(report, { force: true });
const stryker = ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', 'test/mutation/stryker.config.mjs'];
const { status } = spawnSync(process.execPath, stryker, { stdio: 'inherit' });
if (!existsSync(report)) process.exit(status || 1);

/** @type {{ files: Record<string, { mutants: { status: string }[] }> }} */
const { files } = JSON.parse(readFileSync(report, 'utf8'));
const answers = rooms.map((room) => {
  const mutants = Object.entries(files).flatMap(([name, file]) => (name.startsWith(room) ? file.mutants : []));
  /** @param {string[]} statuses */
  const count = (...statuses) => mutants.filter((mutant) => statuses.includes(mutant.status)).length;
  const noticed = count('Killed', 'Timeout');
  const all = noticed + count('Survived', 'NoCoverage');
  const score = (100 * noticed) / all;
  return { line: `${room}: ${noticed} of ${all} changes noticed, ${score.toFixed(1)} %`, passed: score >= least };
});
for (const { line } of answers) console.log(line);
const failures = answers.filter(({ passed }) => !passed).map(({ line }) => `${line}, at least ${least} % are needed`);
const counts = { passed: rooms.length - failures.length, failed: failures.length, failures, skipped: [] };
if (process.env.MLOPS_TEST_COUNTS) writeFileSync(process.env.MLOPS_TEST_COUNTS, JSON.stringify(counts));
process.exitCode = failures.length === 0 ? 0 : 1;
