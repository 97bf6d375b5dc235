// Drift of two samples of 500,000 x 20 floats by the same methods: `mlops drift --profile evidently` from the start of the
// process to the printed report, against Evidently's DataDriftPreset; then 10 million rows, to see what memory grows with.
// BENCH_SIZE=small takes 100,000 rows. BENCH_ROWS=0 leaves the 10 million out.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pythonOf } from '../../scripts/python.mjs';
import { measure, median } from './measure.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const rows = process.env.BENCH_SIZE === 'small' ? 100_000 : 500_000;
const many = Number(process.env.BENCH_ROWS ?? 10_000_000);
const root = mkdtempSync(join(tmpdir(), 'mlops-bench-'));
const cli = resolve('dist', 'cli.js');
const run = (command, args) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exited ${status}`);
};

const python = await pythonOf('evidently');
run(process.execPath, ['scripts/build.mjs', '--production']);

/** Two Parquet files of so many rows. */
function tables(size, columns) {
  run(python, ['test/bench/drift-tables.py', root, String(size), String(columns)]);
  return [join(root, `reference-${size}.parquet`), join(root, `current-${size}.parquet`)];
}
const ours = ([reference, current]) => {
  const files = ['--reference', reference, '--current', current];
  return measure(python, [process.execPath, cli, 'drift', ...files, '--profile', 'evidently', '--json']);
};
const theirs = (files) => measure(python, [python, 'test/bench/drift-evidently.py', ...files]);
const show = (name, values) =>
  console.log(
    `${name.padEnd(32)} ${median(values.map((v) => v.seconds)).toFixed(2)} s, ` +
      `${(median(values.map((v) => v.peak)) / 2 ** 20).toFixed(0)} MiB`,
  );

try {
  const files = tables(rows, 20);
  const pairs = Array.from({ length: rounds }, () => ({ ours: ours(files), theirs: theirs(files) }));
  const mine = pairs.map((pair) => pair.ours);
  show(`ours, ${rows} x 20`, mine);
  show(
    `Evidently, ${rows} x 20`,
    pairs.map((pair) => pair.theirs),
  );
  const faster = median(pairs.map((pair) => pair.theirs.seconds / pair.ours.seconds));
  console.log(`time   ${faster.toFixed(1)} x as fast (goal 30)`);
  console.log(
    `memory ${median(pairs.map((pair) => pair.ours.peak / pair.theirs.peak)).toFixed(2)} x theirs (goal 0.50)`,
  );
  if (many > 0) {
    const [narrow, wide] = [ours(tables(many, 1)), ours(tables(many, 4))];
    show(`ours, ${many} x 1`, [narrow]);
    show(`ours, ${many} x 4`, [wide]);
    console.log(`memory for four columns ${(wide.peak / narrow.peak).toFixed(2)} x that for one (goal 1.15)`);
  }
  console.log(`load of the machine ${loadavg()[0].toFixed(1)}`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
