// Two days in the shape of 2025 (300,000 rows x 197 columns), zip to verdict: this engine against pandas, pyarrow,
// scikit-learn and LightGBM; then six days, to see that memory does not grow with them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pythonOf } from '../../scripts/python.mjs';
import { measure, median } from './measure.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const root = mkdtempSync(join(tmpdir(), 'mlops-bench-'));
const cli = resolve('dist', 'cli.js');
const node = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit' });

const python = await pythonOf('learn');
node('scripts/build.mjs', '--production');

function makeDays(days) {
  const zip = join(root, `data_Q3_2025_${days}.zip`);
  const made = node('--import', 'tsx', 'test/bench/make-days.ts', String(days), zip, join(root, 'reviews.csv'));
  if (made.status !== 0) throw new Error('test/bench/make-days.ts failed');
  return zip;
}

let count = 0;
function ours(zip) {
  const project = join(root, `project-${(count += 1)}`);
  node(cli, 'init', 'hdd-failure', project, '--quiet');
  const sources = ['--source', `backblaze=${zip}`, '--source', `reviews=${join(root, 'reviews.csv')}`];
  const command = [process.execPath, cli, 'run', '--to', 'monitor', '--project', project, '--quiet', ...sources];
  const said = measure(python, command);
  node(cli, 'endpoint', 'delete', 'hdd-failure', '--project', project);
  rmSync(project, { recursive: true, force: true });
  return said;
}

function theirs(zip) {
  const work = join(root, `reference-${(count += 1)}`);
  mkdirSync(work);
  const said = measure(python, [python, 'test/bench/reference.py', zip, join(root, 'reviews.csv'), work]);
  rmSync(work, { recursive: true, force: true });
  return said;
}

try {
  const two = makeDays(2);
  const pairs = Array.from({ length: rounds }, () => ({ ours: ours(two), theirs: theirs(two) }));
  const six = ours(makeDays(6));
  const show = (name, values) =>
    console.log(
      `${name.padEnd(24)} ${median(values.map((v) => v.seconds)).toFixed(1)} s, ` +
        `${(median(values.map((v) => v.peak)) / 2 ** 20).toFixed(0)} MiB`,
    );
  const ratio = (key) => median(pairs.map((pair) => pair.ours[key] / pair.theirs[key])).toFixed(2);
  show(
    'ours, 2 days',
    pairs.map((pair) => pair.ours),
  );
  show(
    'reference, 2 days',
    pairs.map((pair) => pair.theirs),
  );
  show('ours, 6 days', [six]);
  console.log(`time   ${ratio('seconds')} x the reference (goal 0.40)`);
  console.log(`memory ${ratio('peak')} x the reference (goal 0.25)`);
  const growth = six.peak / median(pairs.map((pair) => pair.ours.peak));
  console.log(`memory for 6 days ${growth.toFixed(2)} x that for 2 (goal 1.15)`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
