// Gradient-boosted trees here and in genuine LightGBM in turn, with one thread each, then with two: 400,000 rows of 28
// columns, 100 rounds of 31 leaves and 255 bins; then 100,000 rows to predict. Training, prediction, peak memory, AUC.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { pythonOf } from '../../scripts/python.mjs';
import { measure, median } from './measure.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const parameters = { objective: 'binary', num_iterations: 100, num_leaves: 31, max_bin: 255, learning_rate: 0.1 };
const folder = mkdtempSync(join(tmpdir(), 'mlops-bench-'));
const python = await pythonOf('learn');
const reference = 'test/bench/learners-reference.py';
const script = join(folder, 'ours.cjs');

/** One side's run, in a process of its own. @param {'ours' | 'theirs'} side @param {number} threads */
function run(side, threads) {
  const program = side === 'ours' ? [process.execPath, script, folder] : [python, reference, 'run', folder];
  const command = [...program, String(threads)];
  const { peak } = measure(python, command);
  const bytes = readFileSync(join(folder, `${side}.scores`));
  const scores = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
  return { ...JSON.parse(readFileSync(join(folder, `${side}.json`), 'utf8')), peak, auc: auc(scores) };
}

/** @param {Float64Array} scores */
function auc(scores) {
  const bytes = readFileSync(join(folder, 'test.target'));
  const target = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
  const rising = Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b]);
  let [ranks, positives] = [0, 0];
  rising.forEach((row, place) => {
    ranks += target[row] * (place + 1);
    positives += target[row];
  });
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (target.length - positives));
}

/** @param {string} what @param {number} found @param {number} goal @param {string} text */
function verdict(what, found, goal, text) {
  console.log(`${what.padEnd(12)} ${text} (goal ${goal}): ${found <= goal ? 'met' : 'MISSED'}`);
}

/** @param {number} threads */
function compare(threads) {
  console.log(`${threads} thread${threads > 1 ? 's' : ''} each, median of ${rounds} rounds`);
  const pairs = Array.from({ length: rounds }, () => ({ ours: run('ours', threads), theirs: run('theirs', threads) }));
  for (const side of ['ours', 'theirs']) {
    const of = (key) => median(pairs.map((pair) => pair[side][key]));
    const [training, predicting] = [of('training').toFixed(2), (of('predicting') * 10).toFixed(2)];
    const memory = (of('peak') / 2 ** 20).toFixed(0);
    console.log(
      `${side.padEnd(12)} training ${training} s, prediction ${predicting} µs a row, ${memory} MiB, AUC ${of('auc')}`,
    );
  }
  const ratio = (key) => median(pairs.map((pair) => pair.ours[key] / pair.theirs[key]));
  const goals = [
    ['training', 'training', 1.5],
    // Prediction has one thread here.
    ...(threads === 1 ? [['prediction', 'predicting', 1.0]] : []),
    ['memory', 'peak', 1.5],
  ];
  for (const [what, key, goal] of goals) verdict(what, ratio(key), goal, `${ratio(key).toFixed(2)} x LightGBM`);
  const apart = median(pairs.map((pair) => Math.abs(pair.ours.auc - pair.theirs.auc)));
  verdict('AUC', apart, 0.001, `${apart.toExponential(1)} apart`);
}

try {
  const made = spawnSync(python, [reference, 'make', folder, '400000', '100000'], { stdio: 'inherit' });
  if (made.status !== 0) throw new Error(`${reference} failed`);
  writeFileSync(join(folder, 'parameters.json'), JSON.stringify(parameters));
  await build({ entryPoints: ['test/bench/learners-ours.ts'], outfile: script, bundle: true, platform: 'node' });
  for (const threads of [1, 2]) compare(threads);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
