import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

const python = process.env.MLOPS_PYTHON_ELSEWHERE!;

/** Labels are texts or whole numbers, probabilities a table or dictionaries by class: what skl2onnx makes of a pipeline. */
describe('ONNX models of several classes: registered, served and judged', function () {
  this.timeout(600_000);
  const place = temporaryFolder();
  const user = join(place.path, 'user');
  const at = (name: string) => join(place.path, name);
  const read = <Value>(name: string) => JSON.parse(readFileSync(at(name), 'utf8')) as Value;
  const projects: string[] = [];

  before(() => {
    execFileSync(python, ['test/interop/full/elsewhere_classes.py', place.path], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const packages = join(user, 'mlops-workbench', 'packages');
    mkdirSync(packages, { recursive: true });
    const install = ['install', '--prefix', packages, '--no-audit', '--no-fund', '--silent', 'onnxruntime-web@1.30.0'];
    execFileSync('npm', install, { stdio: ['ignore', 'ignore', 'pipe'] });
  });
  after(async () => {
    for (const name of projects)
      await mlops(['endpoint', 'delete', name, '--yes', '--confirm', name, '--project', at(`of-${name}`)]);
    place.remove();
  });

  for (const kind of ['texts', 'numbers'] as const)
    it(`labels that are ${kind}`, async () => {
      const env = { XDG_CONFIG_HOME: user };
      const name = `labelled-${kind}`;
      const project = at(`of-${name}`);
      const ask = (...words: string[]) => mlops([...words, '--project', project], { env });
      const data = at(`labelled-${kind}.csv`);
      const made = await mlops([
        ...['init', project, '--from', data, '--target', 'kind', '--entity', 'id', '--task', 'multiclass'],
      ]);
      assert.equal(made.code, 0, made.stderr);
      projects.push(name);
      const classes = kind === 'texts' ? read<string[]>('classes.json') : ['0', '1', '2'];
      const said = read<number[][]>(`${kind}-said.json`);
      const likeliest = said.map((row) => classes[row.indexOf(Math.max(...row))]!);

      const register = (form: string, ...more: string[]) =>
        ask('model', 'register', '--file', at(`${kind}-${form}.onnx`), '--data', data, '--json', ...more);
      // Dictionaries tell the classes; a table tells nothing, and nothing is guessed.
      const unnamed = await register('table');
      assert.equal(unnamed.code, 2, unnamed.stdout);
      assert.match(unnamed.stderr, /the model does not tell its classes; name them.*--classes/);
      const quoted = classes.map((one) => (one.includes(',') ? `"${one}"` : one)).join(',');
      for (const [form, ...more] of [['table', '--classes', quoted], ['zipped']] as const) {
        const { code, stdout, stderr } = await register(form, ...more);
        assert.equal(code, 0, stderr);
        const { version, metrics } = JSON.parse(stdout) as { version: string; metrics: Record<string, number> };
        assert.ok(metrics.accuracy! > 0.7, JSON.stringify(metrics));
        await ask('model', 'approve', version, '--reason', 'compared');
        const deployed = await ask('deploy');
        assert.equal(deployed.code, 0, deployed.stdout + deployed.stderr);
        const features = read<unknown[][]>('rows.json');
        const answered = await ask('endpoint', 'invoke', name, '--data', JSON.stringify({ features }));
        const { predictions, probabilities } = JSON.parse(answered.stdout) as {
          predictions: string[];
          probabilities: (Record<string, number> | number[])[];
        };
        assert.deepEqual(predictions.map(String), likeliest, answered.stderr);
        probabilities.forEach((row, place) =>
          classes.forEach((one, output) => {
            const found = Array.isArray(row) ? row[output]! : row[one]!;
            assert.ok(Math.abs(found - said[place]![output]!) <= 1e-6, `row ${place}, ${one}: ${found}`);
          }),
        );
        const judged = await ask('judge', at(`march-${kind}.csv`), '--again', '--json');
        const results = JSON.parse(judged.stdout) as MonitoringResults;
        assert.deepEqual([results.n, results.modelVersion], [500, version], judged.stderr);
        assert.ok((results.metrics.accuracy ?? 0) > 0.7, JSON.stringify(results.metrics));
      }
    });
});
