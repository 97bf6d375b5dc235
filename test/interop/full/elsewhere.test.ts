import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

const python = process.env.MLOPS_PYTHON_ELSEWHERE!;

describe('models of other libraries: registered, served and judged', function () {
  this.timeout(600_000);
  const place = temporaryFolder();
  const project = join(place.path, 'customers');
  const user = join(place.path, 'user');
  const env = {
    XDG_CONFIG_HOME: user,
    PATH: `${dirname(python)}:${process.env.PATH ?? ''}`,
  };
  const at = (name: string) => join(place.path, name);
  const ask = (...words: string[]) => mlops([...words, '--project', project], { env });
  const scores = (column: string) => {
    const [header, ...lines] = readFileSync(at('labelled-scores.csv'), 'utf8').trim().split('\n');
    const place = header!.split(',').indexOf(column);
    return lines.map((line) => Number(line.split(',')[place]));
  };

  before(async () => {
    execFileSync(python, ['test/interop/full/elsewhere_models.py', place.path], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const packages = join(user, 'mlops-workbench', 'packages');
    mkdirSync(packages, { recursive: true });
    const install = ['install', '--prefix', packages, '--no-audit', '--no-fund', '--silent', 'onnxruntime-web@1.30.0'];
    execFileSync('npm', install, { stdio: ['ignore', 'ignore', 'pipe'] });
    const made = await mlops(['init', project, '--from', at('labelled.csv'), '--target', 'stays', '--entity', 'id']);
    assert.equal(made.code, 0, made.stderr);
  });
  after(async () => {
    await ask('endpoint', 'delete', 'labelled', '--yes', '--confirm', 'labelled');
    place.remove();
  });

  async function allow(command: string) {
    const words = ['trust', '--yes', '--confirm', command, '--', ...command.split(' ')];
    const { code, stderr } = await mlops(words, { cwd: project, env });
    assert.equal(code, 0, stderr);
  }

  const served = `mlflow models serve -m ${at('mlflow')} -h 127.0.0.1 -p %port% --env-manager local`;
  const flask = `python ${at('serve.py')}`;
  const numbers = ['--columns', 'age,spent'];
  const models: { what: string; words: string[]; says: string; columns: string[]; command?: string; near: number }[] = [
    {
      what: 'XGBoost JSON',
      words: ['--file', at('trees.json')],
      says: 'trees',
      columns: ['age', 'spent'],
      near: 2 ** -23,
    },
    {
      what: 'XGBoost UBJ',
      words: ['--file', at('trees.ubj')],
      says: 'trees',
      columns: ['age', 'spent'],
      near: 2 ** -23,
    },
    {
      what: 'ONNX of a scikit-learn pipeline',
      words: ['--file', at('table.onnx')],
      says: 'pipeline',
      columns: ['age', 'spent', 'plan'],
      near: 1e-6,
    },
    {
      what: 'the same with its probabilities in dictionaries',
      words: ['--file', at('zipped.onnx')],
      says: 'pipeline',
      columns: ['age', 'spent', 'plan'],
      near: 1e-6,
    },
    {
      what: "MLflow's scoring server",
      words: ['--mlflow', at('mlflow')],
      says: 'plain',
      columns: ['age', 'spent'],
      command: served,
      near: 1e-6,
    },
    {
      what: 'a Flask server as SageMaker has them',
      words: ['--serving-command', flask, ...numbers],
      says: 'plain',
      columns: ['age', 'spent'],
      command: flask,
      near: 1e-5,
    },
  ];

  for (const { what, words, says, columns, command, near } of models)
    it(what, async () => {
      if (command !== undefined) await allow(command);
      const made = await ask('model', 'register', ...words, '--data', at('labelled.csv'), '--json');
      assert.equal(made.code, 0, made.stderr);
      const { version } = JSON.parse(made.stdout) as { version: string };
      await ask('model', 'approve', version, '--reason', 'compared');
      const deployed = await ask('deploy');
      assert.equal(deployed.code, 0, deployed.stdout + deployed.stderr);
      const [header, ...lines] = readFileSync(at('labelled.csv'), 'utf8').trim().split('\n');
      const rows = lines.slice(0, 50).map((line) => {
        const cells = line.split(',');
        return columns.map((name) => {
          const cell = cells[header!.split(',').indexOf(name)]!;
          return name === 'plan' ? cell : Number(cell);
        });
      });
      const answered = await ask('endpoint', 'invoke', 'labelled', '--data', JSON.stringify({ features: rows }));
      assert.equal(answered.code, 0, answered.stdout + answered.stderr);
      const { probabilities } = JSON.parse(answered.stdout) as { probabilities: number[] };
      const expected = scores(says);
      probabilities.forEach((p, row) =>
        assert.ok(Math.abs(p - expected[row]!) <= near, `row ${row}: ${p} ${expected[row]}`),
      );
      const judged = await ask('judge', at('march.csv'), '--json');
      const results = JSON.parse(judged.stdout) as MonitoringResults;
      assert.deepEqual([results.n, results.modelVersion], [800, version], judged.stderr);
      assert.ok((results.metrics.roc_auc ?? 0) > 0.8, JSON.stringify(results.metrics));
    });
});
