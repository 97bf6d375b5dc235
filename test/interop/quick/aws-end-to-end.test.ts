import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { MonitoringResults } from '../../../src/documents/monitoring.js';
import type { Run } from '../../../src/documents/run.js';
import { startAccount, type AccountDouble } from '../../doubles/aws/account.js';
import { fillAws, variables, type AwsFill } from '../../doubles/aws/fill.js';
import { changeProject, userWithWriting } from '../../support/aws-project.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

const bucket = 'acme-hdd';
const role = 'arn:aws:iam::123456789012:role/mlops';
const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/mlops:1';

describe('the hard-drive project in an AWS account', function () {
  this.timeout(400_000);
  const folder = temporaryFolder();
  const project = join(folder.path, 'project');
  const config = join(folder.path, 'config');
  let account: AccountDouble;
  let fill: AwsFill;

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    account = await startAccount(python);
    fill = fillAws(account.url, bucket);
    await fill.bucket(bucket);
    const made = await mlops(['init', 'hdd-failure', project, '--sample', '--quiet']);
    assert.equal(made.code, 0, made.stderr);
    const place = { kind: 'aws', region: 'us-east-1', endpointUrl: account.url, bucket, role, image };
    changeProject(project, ['environments', 'prod'], place);
    changeProject(project, ['environments', 'jobs'], { ...place, jobs: { instance: 'ml.m5.large', instances: 2 } });
    userWithWriting(config, project, 'hdd-failure', ['prod', 'jobs']);
  });
  after(async () => {
    await account?.stop();
    folder.remove();
  });

  const env = { ...variables, XDG_CONFIG_HOME: config };
  const run = (words: string[], environment = 'prod') =>
    mlops([...words, '--env', environment], { cwd: project, env });
  const json = async <Document>(words: string[], environment = 'prod') => {
    const { stdout, stderr, code } = await run([...words, '--json', '--quiet'], environment);
    assert.notEqual(stdout, '', `exit ${code}\n${stderr}`);
    return { code, stderr, document: JSON.parse(stdout) as Document };
  };
  const object = async (Key: string) => {
    const { Body } = await fill.clients.s3.getObject({ Bucket: bucket, Key });
    return Body!.transformToString();
  };

  it('runs from raw data to a registered version on this machine against S3', async () => {
    const { code, stderr, document } = await json<Run>(['run', '--to', 'train']);
    assert.equal(code, 0, stderr);
    assert.deepEqual(
      document.stages.map(({ name, status }) => `${name} ${status}`),
      ['ingest succeeded', 'features succeeded', 'train succeeded'],
    );
    const group = { ModelPackageGroupName: 'hdd-failure' };
    const { ModelPackageSummaryList } = await fill.clients.sagemaker.listModelPackages(group);
    assert.equal(ModelPackageSummaryList?.length, 1);
    const again = await json<Run>(['run', '--to', 'train']);
    assert.deepEqual(
      again.document.stages.map(({ status }) => status),
      ['skipped', 'skipped', 'skipped'],
    );
  });

  it('deploys to an endpoint that answers with the version, after it was approved', async () => {
    const approved = await run(['model', 'approve', 'v1', '--reason', 'tried by hand']);
    assert.equal(approved.code, 0, approved.stderr);
    const deployed = await run(['deploy']);
    assert.equal(deployed.code, 0, deployed.stderr);
    const metadata = JSON.parse(await object('artifacts/models/v1/model_metadata.json')) as { feature_cols: string[] };
    const features = [metadata.feature_cols.map(() => 0)];
    const asked = ['endpoint', 'invoke', 'hdd-failure', '--data', JSON.stringify({ features })];
    const answer = await run(asked);
    assert.equal(answer.code, 0, answer.stderr);
    const { probabilities } = JSON.parse(answer.stdout) as { probabilities: number[] };
    assert.ok(probabilities[0]! > 0 && probabilities[0]! < 1);
  });

  it('judges production data, with the results in S3', async () => {
    const { code, stderr, document } = await json<Run>(['run', 'monitor']);
    assert.ok([0, 1, 3].includes(code!), stderr);
    const [stage] = document.stages;
    const results = JSON.parse(await object(stage!.outputs[0]!.uri)) as MonitoringResults;
    assert.equal(results.verdict, document.verdict);
    assert.equal(results.modelVersion, 'v1');
    assert.equal(results.environment, 'prod');
    const gate = await run(['gate']);
    assert.equal(gate.code, code, gate.stderr);
  });
});
