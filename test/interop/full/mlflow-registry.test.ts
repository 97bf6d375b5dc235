import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { mlops } from '../../support/cli.js';
import { startMlflow } from '../../support/mlflow-server.js';
import { temporaryFolder } from '../../support/temporary.js';

const python = process.env.MLOPS_PYTHON_ELSEWHERE!;

describe('models in the registry of a real MLflow server', function () {
  this.timeout(600_000);
  const place = temporaryFolder();
  const project = join(place.path, 'customers');
  const table = join(place.path, 'customers.csv');
  let server: Awaited<ReturnType<typeof startMlflow>> | undefined;
  let url: string;
  const env = () => ({
    XDG_CONFIG_HOME: join(place.path, 'user'),
    MLFLOW_TRACKING_URI: url,
    PATH: `${dirname(python)}:${process.env.PATH ?? ''}`,
  });
  const ask = (...words: string[]) => mlops([...words, '--project', project], { env: env() });

  before(async () => {
    server = await startMlflow(python, place.path);
    url = server.url;
    execFileSync(python, ['test/interop/full/mlflow_registry.py', url, table], { stdio: ['ignore', 'ignore', 'pipe'] });
    const made = await mlops(['init', project, '--from', table, '--target', 'stays', '--entity', 'id']);
    assert.equal(made.code, 0, made.stderr);
  });
  after(async () => {
    await server?.stop();
    place.remove();
  });

  for (const uri of ['models:/trees@champion', 'models:/trees/1'])
    it(`${uri} is brought from the server and read here`, async () => {
      const { code, stdout, stderr } = await ask('model', 'register', '--mlflow', uri, '--data', table, '--json');
      assert.equal(code, 0, stderr);
      const { family, name, metrics } = JSON.parse(stdout) as {
        family: string;
        name: string;
        metrics: Record<string, number>;
      };
      assert.deepEqual([family, name], ['xgboost', 'trees']);
      assert.ok(metrics.roc_auc! > 0.8, JSON.stringify(metrics));
    });

  it('a flavour that is not read here goes by the scoring server of that very version, once it is allowed', async () => {
    const words = ['model', 'register', '--mlflow', 'models:/plain@champion', '--data', table, '--json'];
    const refused = await ask(...words);
    assert.equal(refused.code, 5, refused.stderr);
    const served = 'mlflow models serve -m models:/plain/1 -h 127.0.0.1 -p %port% --env-manager local';
    const allowed = await mlops(['trust', '--yes', '--confirm', served, '--', ...served.split(' ')], {
      cwd: project,
      env: env(),
    });
    assert.equal(allowed.code, 0, allowed.stderr);
    const { code, stdout, stderr } = await ask(...words);
    assert.equal(code, 0, stderr);
    const { metrics } = JSON.parse(stdout) as { metrics: Record<string, number> };
    assert.ok(metrics.roc_auc! > 0.8, JSON.stringify(metrics));
  });

  it('says what the server answered of a name, an alias or a version that it has not', async () => {
    for (const uri of ['models:/nobody@champion', 'models:/trees@nobody', 'models:/trees/7']) {
      const { code, stderr } = await ask('model', 'register', '--mlflow', uri, '--data', table);
      assert.equal(code, 4, stderr);
      assert.match(stderr, /MLflow answered 40[04] to .*not found/i);
    }
  });
});
