// A million rows of 20 columns scored from Parquet to Parquet by a model of 100 trees, `mlops predict` against pandas +
// LightGBM, whole processes in turn; then twice the rows, for memory that does not grow with them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pythonOf } from '../../scripts/python.mjs';
import { measure, median } from './measure.mjs';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const rows = Number(process.env.BENCH_ROWS ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'mlops-bench-'));
const project = join(folder, 'project');
const python = await pythonOf('learn');
const reference = 'test/bench/predict-reference.py';
process.env.XDG_CONFIG_HOME = join(folder, 'user');

/** @param {string[]} command */
function must(...command) {
  const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command.join(' ')} exited ${status}:\n${stdout}${stderr}`);
  return stdout;
}
/** @param {string[]} words */
const mlops = (...words) => [process.execPath, 'dist/cli.js', ...words, '--project', project];

try {
  must(python, reference, 'make', folder, String(rows));
  must(
    process.execPath,
    'dist/cli.js',
    'init',
    project,
    '--from',
    `${folder}/few.csv`,
    '--target',
    'label',
    '--positive',
    'yes',
  );
  // The model that LightGBM trained, brought by a program of the project's own.
  const copy = `require('node:fs').copyFileSync(${JSON.stringify(join(folder, 'model.txt'))}, process.env.SM_MODEL_DIR + '/model.txt');`;
  writeFileSync(join(project, 'train.cjs'), copy);
  const file = join(project, 'mlops.json');
  const text = readFileSync(file, 'utf8').replace(/"candidates": \[[^]*?\n {4}\]/, '"candidates": []');
  writeFileSync(
    file,
    text.replace('\n  "endpoint"', '\n  "train": { "command": ["node", "train.cjs"] },\n  "endpoint"'),
  );
  must(...mlops('trust', '--yes', '--confirm', 'node train.cjs'));
  must(...mlops('run', '--to', 'train'));

  /** @param {string} table */
  const ours = (table) =>
    measure(
      python,
      mlops('predict', join(folder, table), '--out', join(folder, 'ours.parquet'), '--model-version', 'v1', '--force'),
    );
  const theirs = () => measure(python, [python, reference, 'score', folder]);
  const pairs = Array.from({ length: rounds }, () => ({ ours: ours('rows.parquet'), theirs: theirs() }));
  const apart = must(python, reference, 'compare', folder).trim();
  for (const side of ['ours', 'theirs']) {
    const of = (key) => median(pairs.map((pair) => pair[side][key]));
    console.log(`${side.padEnd(8)} ${of('seconds').toFixed(2)} s, ${(of('peak') / 2 ** 20).toFixed(0)} MiB`);
  }
  const ratio = median(pairs.map((pair) => pair.ours.seconds / pair.theirs.seconds));
  console.log(`predict  ${ratio.toFixed(2)} x pandas + LightGBM (goal 0.5): ${ratio <= 0.5 ? 'met' : 'MISSED'}`);
  console.log(`scores   ${apart} apart at most`);
  const twice = Array.from({ length: rounds }, () => ours('twice.parquet').peak);
  const grown = median(twice) / median(pairs.map((pair) => pair.ours.peak));
  console.log(`memory   ${grown.toFixed(2)} x for twice the rows (goal 1.1): ${grown <= 1.1 ? 'met' : 'MISSED'}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
