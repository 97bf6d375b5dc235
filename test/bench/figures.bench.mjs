// All figures of 10 million labels and scores, from a Parquet file: `mlops metrics` against pandas and scikit-learn in the
// same run. Ours adds 95 % intervals and calibration bins, which the reference does not make.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pythonOf } from '../../scripts/python.mjs';
import { measure, median } from './measure.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const rows = Number(process.env.BENCH_ROWS ?? 10_000_000);
const root = mkdtempSync(join(tmpdir(), 'mlops-bench-'));
const cli = resolve('dist', 'cli.js');

const python = await pythonOf('learn');
spawnSync(process.execPath, ['scripts/build.mjs', '--production'], { stdio: 'inherit' });

const make = `
import numpy, pandas, sys
random = numpy.random.default_rng(1)
p = random.beta(0.5, 4, ${rows})
pandas.DataFrame({"y": (random.random(${rows}) < p).astype("int8"), "p": p}).to_parquet(sys.argv[1])
`;
const ask = (file) => [process.execPath, cli, 'metrics', '--data', file, '--label', 'y', '--score', 'p', '--json'];
const figuresOf = ([command, ...args]) =>
  JSON.parse(spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 26 }).stdout);

try {
  const file = join(root, 'scores.parquet');
  spawnSync(python, ['-c', make, file], { stdio: 'inherit' });
  const reference = [python, 'test/bench/figures.py', file];
  const pairs = Array.from({ length: rounds }, () => ({
    ours: measure(python, ask(file)),
    theirs: measure(python, reference),
  }));
  const [ours, theirs] = [figuresOf(ask(file)), figuresOf(reference)];
  const far = Object.keys(theirs).map((name) => Math.abs(ours[name] - theirs[name]));
  const show = (name, values) =>
    console.log(
      `${name.padEnd(24)} ${median(values.map((v) => v.seconds)).toFixed(1)} s, ` +
        `${(median(values.map((v) => v.peak)) / 2 ** 20).toFixed(0)} MiB`,
    );
  show(
    `ours, ${rows.toLocaleString('en')} rows`,
    pairs.map((pair) => pair.ours),
  );
  show(
    'reference',
    pairs.map((pair) => pair.theirs),
  );
  const ratio = (key) => median(pairs.map((pair) => pair.ours[key] / pair.theirs[key])).toFixed(2);
  console.log(`time   ${ratio('seconds')} x the reference`);
  console.log(`memory ${ratio('peak')} x the reference`);
  console.log(`${far.length} figures, the farthest off by ${Math.max(...far).toExponential(1)}`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
