import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { makeProgram } from '../../../src/cli/main.js';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables } from '../../doubles/aws/fill.js';
import { fillWorld, makeProject, world } from '../../doubles/aws/world.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

/**
 * What every command does to an environment: `read` looks and succeeds, `write` is refused, `local` never goes there.
 * A command that is not here fails the test: whoever adds one says what it is.
 */
type Kind = 'read' | 'write' | 'local';
const [older, newer] = world.runIds as [string, string];
const why = ['--reason', 'because'];
const learning = ['--data', 'rows.csv', '--target', 'y'];
const commands: Record<string, [Kind, ...string[]]> = {
  init: ['local', 'house-prices', 'new-project'],
  run: ['write'],
  ingest: ['write'],
  features: ['write'],
  train: ['write'],
  deploy: ['write'],
  monitor: ['write'],
  retrain: ['write'],
  status: ['read'],
  'runs list': ['read'],
  'runs show': ['read', newer],
  'runs compare': ['read', older, newer],
  gate: ['read'],
  report: ['read', '--out', 'report.html'],
  rows: ['read', '--cell', 'fn'],
  'override set': ['write', 'force-retrain', ...why],
  'override clear': ['write', 'force-retrain', ...why],
  'override list': ['read'],
  waive: ['write', 'recall', '--owner', 'ana', '--until', '2027-01-01', ...why],
  history: ['read'],
  'bucket ls': ['read', ''],
  'bucket cat': ['read', world.results],
  'bucket get': ['read', world.results, 'results.json'],
  'bucket put': ['write', 'mlops.json', 'a/b.json'],
  'bucket rm': ['write', world.results],
  'feature-group list': ['read'],
  'feature-group describe': ['read', world.group],
  'feature-group export': ['read', world.group, 'group.csv'],
  'model list': ['read'],
  'model approve': ['write', 'v1', ...why],
  'model reject': ['write', 'v1', ...why],
  'model train': ['local', ...learning, '--params', 'parameters.json', '--out', 'model.txt'],
  'model predict': ['local', '--model', 'model.txt', '--data', 'rows.csv'],
  'model info': ['local', '--model', 'model.txt'],
  'endpoint list': ['read'],
  'endpoint show': ['read', world.endpoint],
  'endpoint start': ['write', world.endpoint],
  'endpoint stop': ['write', world.endpoint],
  'endpoint delete': ['write', world.endpoint],
  'endpoint logs': ['read', world.endpoint],
  'endpoint invoke': ['read', world.endpoint, '--data', '[1]'],
  'alarm list': ['read'],
  'alarm show': ['read', world.alarm],
  'alarm history': ['read', world.alarm],
  doctor: ['read'],
};

describe('every command on a read-only AWS environment', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const project = join(folder.path, 'project');
  let double: AwsDouble;

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    double = await startAwsDouble(python);
    await fillWorld(fillAws(double.url, world.bucket), folder.path);
    await makeProject(project, double.url);
    const rows = Array.from({ length: 100 }, (_, row) => `${row},${row % 7}`);
    writeFileSync(join(project, 'rows.csv'), ['y,x', ...rows, ''].join('\n'));
    writeFileSync(join(project, 'parameters.json'), '{ "num_iterations": 2 }');
  });
  after(async () => {
    await double?.stop();
    folder.remove();
  });

  const run = (words: string[]) => mlops([...words, '--env', 'aws-test'], { cwd: project, env: variables });
  const mutating = () => double.calls.filter((call) => call.mutating).map(({ operation }) => operation);

  it('is classified: read, write or local', () => {
    assert.deepEqual(pathsOf(program()).sort(), Object.keys(commands).sort());
  });

  it('is counted at the server when it does change something', async () => {
    double.forget();
    await fillAws(double.url, world.bucket).object('counted.txt', 'x');
    assert.deepEqual(mutating(), [`PUT /${world.bucket}/counted.txt?x-id=PutObject`]);
  });

  for (const [path, [kind, ...args]] of Object.entries(commands)) {
    const does = { read: 'reads', write: 'is refused', local: 'does not go there' }[kind];
    it(`mlops ${path} ${does}, and changes nothing`, async () => {
      double.forget();
      const { code, stdout, stderr } = await run([...path.split(' '), ...args]);
      const said = `exit ${code}\n${stdout}\n${stderr}`;
      assert.deepEqual(mutating(), [], said);
      if (kind === 'local') assert.deepEqual(double.calls, []);
      assert.equal(code, kind === 'write' ? 5 : 0, said);
      if (kind !== 'write') return;
      assert.match(stderr, /environment aws-test \(us-east-1[^)]*\) is read-only, so this is refused: \S/);
      assert.equal(stdout, '');
    });
  }

  it('says so whatever is confirmed', async () => {
    const { code, stderr } = await run(['bucket', 'put', 'mlops.json', 'a.json', '--yes', '--confirm', world.bucket]);
    assert.equal(code, 5, stderr);
  });
});

function program(): Command {
  const nothing = () => () => Promise.resolve();
  const doors = {
    openEnvironment: () => Promise.reject(new Error('not opened')),
    templates: '',
    webview: '',
    version: '0',
  };
  return makeProgram(doors, Object.assign(nothing, { writing: nothing, alone: nothing }), () => undefined);
}

/** `bucket ls`, `status`, …: every command that does something. */
function pathsOf(command: Command, above: string[] = []): string[] {
  return command.commands.flatMap((child) => {
    const path = [...above, child.name()];
    return child.commands.length > 0 ? pathsOf(child, path) : [path.join(' ')];
  });
}
