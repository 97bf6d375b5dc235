import assert from 'node:assert/strict';
import { join } from 'node:path';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables, type AwsFill } from '../../doubles/aws/fill.js';
import { fillOthers, others, snapshot } from '../../doubles/aws/others.js';
import { changeProject, userWithWriting } from '../../support/aws-project.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

const bucket = 'theirs';
const role = 'arn:aws:iam::123456789012:role/test';
const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/serve:1';

describe('what stands in the way in an account', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const project = join(folder.path, 'project');
  const config = join(folder.path, 'config');
  const env = { ...variables, XDG_CONFIG_HOME: config };
  let double: AwsDouble;
  let fill: AwsFill;
  const run = (...words: string[]) => mlops(words, { cwd: project, env });
  /** Runs it, and holds the account against what it was. */
  const changesNothing = async (...words: string[]) => {
    const was = await snapshot(fill, bucket);
    double.forget();
    const answer = await run(...words);
    const sent = double.calls.filter(({ mutating }) => mutating).map(({ operation }) => operation);
    assert.deepEqual(sent, [], answer.stderr);
    assert.deepEqual(await snapshot(fill, bucket), was);
    return answer;
  };

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    double = await startAwsDouble(python);
    fill = fillAws(double.url, bucket);
    await fillOthers(fill, bucket, undefined);
    // What lies at the keys of our own notes is the other suite's.
    for (const Key of ['lease.json', 'endpoints/served.json'])
      await fill.clients.s3.deleteObject({ Bucket: bucket, Key });
    const made = await mlops(['init', 'house-prices', project, '--sample', '--quiet']);
    assert.equal(made.code, 0, made.stderr);
    const place = { kind: 'aws', region: 'us-east-1', endpointUrl: double.url };
    changeProject(project, ['name'], others.project);
    changeProject(project, ['endpoint', 'name'], others.endpoint);
    changeProject(project, ['environments', 'prod'], { ...place, bucket, role, image });
    changeProject(project, ['environments', 'bare'], { ...place, bucket: 'never-made' });
    userWithWriting(config, project, others.project, ['prod', 'bare']);
  });
  after(async () => {
    await double?.stop();
    folder.remove();
  });

  it('run --to features names every feature group of others before it writes anything', async () => {
    const { code, stderr } = await changesNothing('run', '--to', 'features', '--env', 'prod');
    assert.equal(code, 5, stderr);
    for (const part of ['train', 'validation', 'test', 'production'])
      assert.match(stderr, new RegExp(`- feature-group churn-${part} .*does not carry the tags mlops:project=churn`));
  });

  it('deploy names the endpoint and the deed that hands it over', async () => {
    const { code, stderr } = await changesNothing('deploy', '--env', 'prod');
    assert.equal(code, 5, stderr);
    assert.match(stderr, /endpoint served .*mlops endpoint adopt served/);
  });

  it('apply names an alarm and a dashboard of others instead of asking whether to go on', async () => {
    const alarm = { name: others.alarm, namespace: 'N', metric: 'E', statistic: 'Sum', period: 60 };
    changeProject(project, ['alarms'], [{ ...alarm, evaluationPeriods: 1, operator: '>=', threshold: 9 }]);
    const shown = await changesNothing('apply', '--diff', '--env', 'prod');
    const { code, stderr } = await changesNothing('apply', '--env', 'prod', '--yes', '--confirm', 'churn');
    changeProject(project, ['alarms'], 'endpoint');
    for (const name of ['served-errors', 'churn-prod-us-east-1-endpoint-served'])
      assert.match(shown.stdout, new RegExp(`^ +! theirs ${name}\\n +theirs, left alone`, 'm'), shown.stderr);
    assert.doesNotMatch(shown.stdout, /~ change/);
    assert.equal(code, 5, stderr);
    assert.match(stderr, /^- alarm served-errors is there/m);
    assert.match(stderr, /^- dashboard churn-prod-us-east-1-endpoint-served is there/m);
  });

  it('pipeline register names a pipeline of others before it uploads the project', async () => {
    const { code, stderr } = await changesNothing('pipeline', 'register', '--env', 'prod');
    assert.equal(code, 5, stderr);
    assert.match(stderr, /pipeline churn-monitoring /);
  });

  it('run tells bucket, role, image and machine at once, before any version or alarm is made', async () => {
    changeProject(project, ['name'], 'fresh');
    changeProject(project, ['endpoint', 'name'], 'fresh');
    changeProject(project, ['endpoint', 'instance'], 'ml.m5.huge');
    userWithWriting(config, project, 'fresh', ['prod', 'bare']);
    const { code, stderr } = await changesNothing('run', '--env', 'bare');
    changeProject(project, ['endpoint', 'instance'], undefined);
    assert.equal(code, 2, stderr);
    for (const problem of [
      /- environment bare: there is no bucket never-made/,
      /- environment bare: found no role for SageMaker; set environments\.bare\.role/,
      /- environment bare: found no container image to serve the next version/,
      /- mlops\.json: endpoint\.instance: found ml\.m5\.huge/,
    ])
      assert.match(stderr, problem);
    changeProject(project, ['name'], others.project);
    changeProject(project, ['endpoint', 'name'], others.endpoint);
    userWithWriting(config, project, others.project, ['prod', 'bare']);
  });

  describe('once the endpoint is adopted', () => {
    const adopt = ['endpoint', 'adopt', others.endpoint, '--env', 'prod'];

    it('which wants its name typed', async () => {
      for (const words of [adopt, [...adopt, '--yes'], [...adopt, '--yes', '--confirm', 'another']]) {
        const { code, stderr } = await changesNothing(...words);
        assert.equal(code, 5, stderr);
      }
    });

    it('it carries our tags and the ledger says who did it', async () => {
      const adopted = await run(...adopt, '--yes', '--confirm', others.endpoint);
      assert.equal(adopted.code, 0, adopted.stderr);
      const { EndpointArn } = await fill.clients.sagemaker.describeEndpoint({ EndpointName: others.endpoint });
      const { Tags = [] } = await fill.clients.sagemaker.listTags({ ResourceArn: EndpointArn });
      const tags = Tags.map(({ Key }) => Key);
      assert.deepEqual(tags, ['mlops:project', 'mlops:environment', 'mlops:adopted']);
      const history = await run('history', '--env', 'prod', '--json');
      const { entries } = JSON.parse(history.stdout) as { entries: { what: string; to: string }[] };
      assert.deepEqual(
        entries.map(({ what, to }) => [what, to]),
        [['adopt', others.endpoint]],
      );
    });

    it('cleanup gives it back, and the endpoint goes on', async () => {
      const dry = await run('cleanup', '--dry-run', '--env', 'prod');
      assert.match(dry.stdout, /^endpoint +served \(given back, not deleted\)/m, dry.stderr);
      const cleaned = await run('cleanup', '--env', 'prod', '--yes', '--confirm', others.project);
      assert.equal(cleaned.code, 0, cleaned.stderr);
      const found = await fill.clients.sagemaker.describeEndpoint({ EndpointName: others.endpoint });
      const { Tags } = await fill.clients.sagemaker.listTags({ ResourceArn: found.EndpointArn });
      assert.deepEqual([found.EndpointStatus, Tags], ['InService', []]);
    });
  });
});
