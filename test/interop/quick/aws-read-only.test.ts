import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables } from '../../doubles/aws/fill.js';
import { fillWorld, makeProject, world } from '../../doubles/aws/world.js';
import { mlops } from '../../support/cli.js';
import { pathsOf, wholeProgram } from '../../support/command-paths.js';
import { temporaryFolder } from '../../support/temporary.js';

/**
 * What every command does to an environment: `read` looks and succeeds, `absent` looks for what this account has not, `write` is refused, `local` never goes there;
 * an entry point of the container `image` goes nowhere without a container's files.
 * A command that is not here fails the test: whoever adds one says what it is.
 */
type Kind = 'read' | 'absent' | 'write' | 'local' | 'image';
const [older, newer] = world.runIds as [string, string];
const why = ['--reason', 'because'];
const learning = ['--data', 'rows.csv', '--target', 'y'];
const commands: Record<string, [Kind, ...string[]]> = {
  // Nobody types a password, and nobody of that name is there.
  'api user add': ['absent', 'ana', '--role', 'viewer'],
  'api user list': ['local'],
  'api user remove': ['absent', 'ana'],
  init: ['local', 'house-prices', 'new-project'],
  run: ['write'],
  ingest: ['write'],
  features: ['write'],
  train: ['write'],
  deploy: ['write'],
  monitor: ['write'],
  retrain: ['write'],
  judge: ['write', 'rows.csv'],
  'labels add': ['write', 'rows.csv'],
  'batches list': ['read'],
  'batches trend': ['read'],
  'batches show': ['absent', 'none'],
  'batches accept': ['write', 'none'],
  status: ['read'],
  'runs list': ['read'],
  'runs show': ['read', newer],
  'runs compare': ['read', older, newer],
  gate: ['read'],
  'gate backtest': ['read', '--since', '2020-01-01'],
  metrics: ['local', '--data', 'rows.csv', '--label', 'y', '--score', 'x', '--task', 'regression'],
  drift: ['local', '--reference', 'rows.csv', '--current', 'rows.csv'],
  profile: ['local', '--data', 'rows.csv'],
  report: ['read', '--out', 'report.html'],
  rows: ['read', '--cell', 'fn'],
  'override set': ['write', 'force-retrain', ...why],
  'override clear': ['write', 'force-retrain', ...why],
  'override list': ['read'],
  waive: ['write', 'recall', '--owner', 'ana', '--until', '2027-01-01', ...why],
  history: ['read'],
  'bucket ls': ['read', ''],
  'bucket preview': ['read', world.results],
  'bucket cat': ['read', world.results],
  'bucket get': ['read', world.results, 'results.json'],
  'bucket put': ['write', 'mlops.json', 'a/b.json'],
  'bucket rm': ['write', world.results],
  'feature-group list': ['read'],
  'feature-group describe': ['read', world.group],
  'feature-group query': ['read', world.group, '--sql', 'SELECT * FROM records'],
  'feature-group export': ['read', world.group, 'group.csv'],
  'model list': ['read'],
  'model approve': ['write', 'v1', ...why],
  'model reject': ['write', 'v1', ...why],
  'model register': ['write', '--file', 'model.txt', '--data', 'rows.csv', '--label', 'y'],
  'model train': ['local', ...learning, '--params', 'parameters.json', '--out', 'model.txt'],
  'model predict': ['local', '--model', 'model.txt', '--data', 'rows.csv'],
  'model info': ['local', '--model', 'model.txt'],
  'model search': ['local', ...learning, '--space', 'space.json', '--k', '2', '--trials', '1'],
  predict: ['absent', 'rows.csv', '--out', 'scored.csv'],
  'search show': ['read', world.candidate],
  'endpoint list': ['read'],
  'endpoint show': ['read', world.endpoint],
  'endpoint adopt': ['write', world.endpoint],
  'endpoint scale': ['write', world.endpoint, '--instances', '1'],
  'endpoint start': ['write', world.endpoint],
  'endpoint stop': ['write', world.endpoint],
  'endpoint delete': ['write', world.endpoint],
  'endpoint logs': ['read', world.endpoint],
  'endpoint replay': ['read', world.endpoint, '--model-version', 'v1'],
  simulate: ['write', world.endpoint],
  'endpoint invoke': ['read', world.endpoint, '--data', '[1]'],
  'endpoint check': ['read', world.endpoint, '--cases', 'cases.jsonl'],
  'release start': ['write', 'v1'],
  'release status': ['read'],
  'release stop': ['write'],
  'release rollback': ['write', 'v1'],
  'release history': ['read'],
  'release admit': ['read'],
  'alarm list': ['read'],
  'alarm show': ['read', world.alarm],
  'alarm history': ['read', world.alarm],
  loop: ['read'],
  watch: ['read', '--once'],
  'env list': ['local'],
  'env show': ['read'],
  'env use': ['local', 'aws-test'],
  'env write': ['local', 'aws-test', '--off'],
  'env trust': ['local', 'aws-test', '--off'],
  trust: ['local', '--list'],
  'export prometheus': ['read', '--out', 'monitoring'],
  'export compose': ['local', '--out', 'compose'],
  'export kubernetes': ['local', '--out', 'kubernetes'],
  'export terraform': ['local', '--out', 'terraform'],
  'export dotenv': ['read', '--out', 'steps.env'],
  'pipeline export': ['read', '--to', 'sagemaker'],
  'pipeline register': ['write'],
  'pipeline start': ['write'],
  'pipeline show': ['read'],
  apply: ['write'],
  cleanup: ['write'],
  serve: ['image', '--container', '--root', 'no-container'],
  mcp: ['local'],
  job: ['image', 'ingest', '--root', 'no-container'],
  backup: ['write', 'kept.tar.gz'],
  restore: ['write', 'kept.tar.gz'],
  completion: ['local', 'bash'],
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
    const fill = fillAws(double.url, world.bucket);
    await fillWorld(fill, folder.path);
    await fill.clients.sagemaker.createPipeline({
      ...{ PipelineName: 'hdd-failure-monitoring', ClientRequestToken: 'x'.repeat(32) },
      ...{ PipelineDefinition: '{}', RoleArn: 'arn:aws:iam::123456789012:role/test' },
    });
    await makeProject(project, double.url);
    const rows = Array.from({ length: 100 }, (_, row) => `${row},${row % 7}`);
    writeFileSync(join(project, 'rows.csv'), ['y,x', ...rows, ''].join('\n'));
    writeFileSync(join(project, 'parameters.json'), '{ "num_iterations": 2 }');
    writeFileSync(join(project, 'space.json'), '{ "num_leaves": [2] }');
    writeFileSync(join(project, 'cases.jsonl'), '[1]\n');
  });
  after(async () => {
    await double?.stop();
    folder.remove();
  });

  const env = { ...variables, XDG_CONFIG_HOME: join(folder.path, 'config') };
  const run = (words: string[]) => mlops([...words, '--env', 'aws-test'], { cwd: project, env });
  const mutating = () => double.calls.filter((call) => call.mutating).map(({ operation }) => operation);

  it('is classified: read, write or local', async () => {
    assert.deepEqual(pathsOf(await wholeProgram()).sort(), Object.keys(commands).sort());
  });

  it('is counted at the server when it does change something', async () => {
    double.forget();
    await fillAws(double.url, world.bucket).object('counted.txt', 'x');
    assert.deepEqual(mutating(), [`PUT /${world.bucket}/counted.txt?x-id=PutObject`]);
  });

  for (const [path, [kind, ...args]] of Object.entries(commands)) {
    const does = {
      read: 'reads',
      absent: 'finds nothing',
      write: 'is refused',
      local: 'does not go there',
      image: 'finds no container',
    }[kind];
    it(`mlops ${path} ${does}, and changes nothing`, async () => {
      double.forget();
      const { code, stdout, stderr } = await run([...path.split(' '), ...args]);
      const said = `exit ${code}\n${stdout}\n${stderr}`;
      assert.deepEqual(mutating(), [], said);
      if (kind === 'local' || kind === 'image') assert.deepEqual(double.calls, []);
      assert.equal(code, { read: 0, local: 0, write: 5, image: 2, absent: path === 'predict' ? 4 : 2 }[kind], said);
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
