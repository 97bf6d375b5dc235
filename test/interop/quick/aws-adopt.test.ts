import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables } from '../../doubles/aws/fill.js';
import { fillWorld, world } from '../../doubles/aws/world.js';
import { mlops } from '../../support/cli.js';
import { temporaryFolder } from '../../support/temporary.js';

interface ProjectText {
  name: string;
  features: { entity: string; time?: string };
  model: { target: string; candidates: { columns: string[] }[] };
  endpoint: { name: string; capture: number; instance: string };
  environments: { aws: Record<string, unknown> };
}

describe('adopting a system that runs in an account', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let double: AwsDouble;
  let env: Record<string, string>;
  const readProject = (dir: string) => JSON.parse(readFileSync(join(dir, 'mlops.json'), 'utf8')) as ProjectText;
  const mutating = () => double.calls.filter((call) => call.mutating).map(({ operation }) => operation);

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    double = await startAwsDouble(python);
    env = { ...variables, AWS_ENDPOINT_URL: double.url, XDG_CONFIG_HOME: join(folder.path, 'config') };
    const fill = fillAws(double.url, world.bucket);
    await fillWorld(fill, folder.path);
    await fill.clients.sagemaker.createFeatureGroup({
      FeatureGroupName: 'drives-20260101-000000-production',
      RecordIdentifierFeatureName: 'record_id',
      EventTimeFeatureName: 'event_time',
      FeatureDefinitions: [
        ...['record_id', 'serial_number', 'date'].map((FeatureName) => ({
          FeatureName,
          FeatureType: 'String' as const,
        })),
        ...['event_time', 'pct_one_star', 'smart_5_raw'].map((FeatureName) => {
          return { FeatureName, FeatureType: 'Fractional' as const };
        }),
        { FeatureName: 'failure', FeatureType: 'Integral' },
      ],
      OfflineStoreConfig: { S3StorageConfig: { S3Uri: `s3://${world.bucket}/feature-store` } },
      RoleArn: 'arn:aws:iam::123456789012:role/test',
    });
    const constraints = { feature_cols: ['pct_one_star', 'smart_5_raw'], target_recall: 0.7 };
    await fill.object('models/baselines/monitoring_constraints.json', JSON.stringify(constraints));
    for (const [hour, value] of [
      ['08', 1],
      ['09', 3],
    ] as const) {
      const records = [0, 1].map((index) => ({
        captureData: {
          endpointInput: { observedContentType: 'text/csv', mode: 'INPUT', data: `${value},${index}`, encoding: 'CSV' },
        },
        eventMetadata: { eventId: `${hour}-${index}`, inferenceTime: `2026-11-21T${hour}:00:00Z` },
        eventVersion: '0',
      }));
      const key = `monitoring/data-capture/${world.endpoint}/AllTraffic/2026/11/21/${hour}/00-00-000-x.jsonl`;
      await fill.object(key, records.map((record) => JSON.stringify(record)).join('\n'));
    }
  });
  beforeEach(() => double.forget());
  after(async () => {
    await double?.stop();
    folder.remove();
  });

  const variablesFile = (lines: string[]) => {
    const path = join(folder.path, '.env');
    writeFileSync(path, lines.join('\n'));
    return path;
  };
  const deployed = () => [
    `BUCKET_NAME=${world.bucket}`,
    'AWS_REGION=us-east-1',
    'FEATURE_GROUP_PROD=drives-20260101-000000-production',
    'SAGEMAKER_ROLE=arn:aws:iam::123456789012:role/test',
    `ENDPOINT_NAME=${world.endpoint}`,
    `MODEL_PACKAGE_GROUP=${world.project}`,
    `MONITORING_CONSTRAINTS_S3=s3://${world.bucket}/models/baselines/monitoring_constraints.json`,
    'TARGET_RECALL=0.7',
  ];

  it('by its .env makes a project that watches it and changes nothing', async () => {
    const dir = join(folder.path, 'from-env');
    const { code, stderr } = await mlops(['init', '--from-env', variablesFile(deployed()), dir], { env });
    assert.equal(code, 0, stderr);
    const project = readProject(dir);
    assert.equal(project.name, world.project);
    assert.equal(project.model.target, 'failure');
    assert.equal(project.features.entity, 'serial_number');
    assert.equal(project.features.time, 'date');
    assert.deepEqual(project.model.candidates[0]?.columns, ['pct_one_star', 'smart_5_raw']);
    assert.equal(project.endpoint.capture, 0.5);
    const run = (...words: string[]) => mlops([...words, '--env', 'aws'], { cwd: dir, env });
    for (const words of [['status'], ['endpoint', 'list'], ['alarm', 'list'], ['model', 'list'], ['gate']]) {
      const answer = await run(...words);
      assert.ok(answer.code === 0 || answer.code === 1 || answer.code === 3, `${words.join(' ')}: ${answer.stderr}`);
    }
    assert.match((await run('feature-group', 'describe', `${world.project}-production`)).stdout, /smart_5_raw/);
    assert.equal((await run('endpoint', 'stop', world.endpoint, '--yes', '--confirm', world.endpoint)).code, 5);
    assert.deepEqual(mutating(), []);
  });

  it('by its .env works without the account too, and says what it does not know', async () => {
    const dir = join(folder.path, 'offline');
    const away = { ...env, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    const { code, stdout, stderr } = await mlops(['init', '--from-env', variablesFile(deployed()), dir], { env: away });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /columns are not known/);
    assert.equal(readProject(dir).name, world.project);
  });

  it('by its endpoint makes a project with a baseline of what it was asked', async () => {
    const dir = join(folder.path, 'from-endpoint');
    const words = ['init', '--from-endpoint', world.endpoint, '--region', 'us-east-1', dir];
    const { code, stderr } = await mlops(words, { env });
    assert.equal(code, 0, stderr);
    const file = join(dir, 'baselines', 'data_quality_baseline.json');
    const baseline = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { mean: number; count: number }>;
    assert.equal(baseline.c0?.mean, 2);
    assert.equal(baseline.c0.count, 4);
    const project = readProject(dir);
    assert.equal(project.environments.aws.bucket, world.bucket);
    assert.equal(project.endpoint.instance, 'ml.m5.large');
    const status = await mlops(['status', '--env', 'aws'], { cwd: dir, env });
    assert.equal(status.code, 0, status.stderr);
    assert.match(status.stdout, /endpoint hdd-failure: InService/);
    assert.deepEqual(mutating(), []);
  });

  it('refuses what is not there, and a folder that is not empty', async () => {
    const region = ['--region', 'us-east-1'];
    const none = await mlops(['init', '--from-endpoint', 'none', ...region, join(folder.path, 'x')], { env });
    assert.equal(none.code, 2);
    assert.match(none.stderr, /found no endpoint "none" in us-east-1/);
    assert.equal(existsSync(join(folder.path, 'x')), false);
    const full = await mlops(['init', '--from-env', variablesFile(deployed()), folder.path], { env });
    assert.equal(full.code, 2);
  });
});
