// The project that `init --from` writes, beside LightGBM's defaults on the same rows: ROC AUC of classes, RMSE of numbers,
// on the project's own test rows. Within 1 % is level.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pythonOf } from '../../scripts/python.mjs';

const here = import.meta.dirname;
const cli = resolve(here, '../../dist/cli.js');
const python = await pythonOf('models');
const folder = mkdtempSync(join(tmpdir(), 'mlops-bench-models-'));

const tables = [
  ['penguins', 'species', '--positive', 'Adelie'],
  ['wine', 'target', '--positive', 'class 1'],
  ['cancer', 'target'],
  ['diabetes130', 'readmitted', '--positive', '<30'],
  ['kc_house', 'price'],
  ['hour', 'cnt'],
  ['pdm_azure', 'fails'],
  ['higgs', 'signal'],
];

/** @param {string[]} args @param {boolean} [mayFail] */
function mlops(args, mayFail = false) {
  try {
    return execFileSync(process.execPath, [cli, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if (!mayFail) throw error;
    return error.stdout;
  }
}

try {
  execFileSync(python, [join(here, 'models-tables.py'), folder, resolve(here, '../../../shared/data')]);
  console.log('table         figure   project   LightGBM  project is');
  for (const [name, target, ...flags] of tables) {
    const table = join(folder, `${name}.csv`);
    if (!existsSync(table)) {
      console.log(`${name.padEnd(13)} skipped: its data is not on this machine`);
      continue;
    }
    const project = join(folder, name);
    mlops(['init', project, '--from', table, '--target', target, ...flags]);
    mlops(['run', '--to', 'train', '--project', project], true);
    const bucket = join(project, '.mlops/buckets', name.replaceAll('_', '-'));
    const model = join(bucket, 'artifacts/eval/v1');
    const evaluation = JSON.parse(readFileSync(join(model, 'evaluation.json'), 'utf8'));
    const chosen = evaluation.models.find((one) => one.name === evaluation.chosen);
    const { figures } = chosen.evaluations.find(({ split }) => split === 'test');
    const binary = evaluation.task === 'binary';
    const ours = binary ? figures.roc_auc : figures.rmse;
    const { entity, time } = JSON.parse(
      readFileSync(join(project, 'mlops.json'), 'utf8').replace(/^\s*\/\/.*$/gm, ''),
    ).features;
    const asked = [join(bucket, 'feature-store'), evaluation.task, target, entity, ...(time ? [time] : [])];
    const theirs = JSON.parse(
      execFileSync(python, [join(here, 'models-reference.py'), ...asked], { encoding: 'utf8' }),
    ).figure;
    const better = (binary ? ours / theirs : theirs / ours) - 1;
    const words = `${(100 * Math.abs(better)).toFixed(2)} % ${better < 0 ? 'worse' : 'better'}`;
    const level = better < -0.01 ? '  <-- more than 1 %' : '';
    const row = [name.padEnd(13), (binary ? 'ROC AUC' : 'RMSE').padEnd(8), ours.toPrecision(5).padEnd(9)];
    console.log(`${row.join(' ')} ${theirs.toPrecision(5).padEnd(9)} ${words} (${evaluation.chosen})${level}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
