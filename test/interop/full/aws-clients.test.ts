import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openAws } from '../../../src/platform/aws/index.js';
import type { Environment } from '../../../src/platform/ports/environment.js';
import type { Project } from '../../../src/project/schema.js';
import { versionOf } from '../../contract/writing.js';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables } from '../../doubles/aws/fill.js';
import { temporaryFolder } from '../../support/temporary.js';

const run = promisify(execFile);
const bucket = 'clients';
const start = new Date('2026-11-21T09:00:00Z');

describe('boto3 and the AWS CLI beside us', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const before_ = { ...process.env };
  const python = process.env.MLOPS_PYTHON_AWS ?? '';
  let double: AwsDouble;
  let environment: Environment;

  const boto3 = async (what: 'read' | 'write') => {
    const script = join('test', 'interop', 'full', 'aws_clients.py');
    const { stdout } = await run(python, [script, what, double.url, bucket], { env: { ...process.env, ...variables } });
    return JSON.parse(stdout) as Record<string, unknown>;
  };
  const aws = async (...words: string[]) => {
    // As a module: a script of an environment names the folder in which that was made.
    const place = ['--endpoint-url', double.url, '--region', 'us-east-1', '--output', 'json'];
    const { stdout } = await run(python, ['-m', 'awscli', ...words, ...place], {
      env: { ...process.env, ...variables },
    });
    return stdout;
  };

  before(async () => {
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    Object.assign(process.env, variables);
    double = await startAwsDouble(python);
    await fillAws(double.url, bucket).bucket(bucket);
    const project = { folder: folder.path, file: { name: 'ours', endpoint: { instance: 'ml.m5.large' } } } as Project;
    const role = 'arn:aws:iam::123456789012:role/test';
    const place = { kind: 'aws', endpointUrl: double.url, bucket, role, image: 'serve:1' } as const;
    environment = await openAws(project, 'prod', place, { allowed: () => ['prod'] });
    const { objects, features, registry, endpoints, metrics, alarms } = environment.writers('test');
    await objects.put('clients/ours.txt', 'ours');
    const recordId = { recordId: 'record_id', eventTime: 'event_time' };
    await features.define({ name: 'ours-train', ...recordId, features: [{ name: 'area', type: 'Fractional' }] });
    const path = join(folder.path, 'part.parquet');
    writeFileSync(path, 'PAR1');
    await features.append('ours-train', path, start);
    await registry.register(versionOf('ours', 'v1'));
    const variant = { name: 'AllTraffic', modelVersion: 'v1', weight: 1 };
    await endpoints.deploy({ name: 'ours', group: 'ours', capture: 0.5, variants: [variant] });
    const dimensions = { EndpointName: 'ours' };
    await metrics.put('Ours', [
      { metric: 'Latency', dimensions, value: 2, count: 3, at: start },
      { metric: 'Latency', dimensions, value: 10, at: start },
    ]);
    await alarms.put([
      {
        ...{
          name: 'ours',
          namespace: 'Ours',
          metric: 'Latency',
          dimensions,
          statistic: 'Sum',
          period: 60,
          threshold: 3,
        },
        ...{ evaluationPeriods: 2, operator: '>=', missing: 'notBreaching' },
      },
    ]);
  });
  after(async () => {
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    await double?.stop();
    folder.remove();
  });

  it('boto3 reads what we wrote', async () => {
    const found = await boto3('read');
    assert.equal(found.text, 'ours');
    assert.deepEqual(found.object_metadata, { 'mlops-project': 'ours', 'mlops-environment': 'prod' });
    assert.equal(found.approval, 'Approved');
    assert.equal((found.package_metadata as Record<string, string>)['mlops:metric:recall'], '0.8');
    assert.equal(found.endpoint_status, 'InService');
    assert.equal(found.capture, 50);
    assert.deepEqual(found.features, { record_id: 'String', event_time: 'Fractional', area: 'Fractional' });
    const [parquet] = found.parquet as string[];
    assert.match(parquet!, /^\/year=2026\/month=11\/day=21\/hour=09\/20261121T090000Z_[A-Za-z0-9]{16}\.parquet$/);
    assert.deepEqual(found.alarm, {
      ...{ Threshold: 3, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching' },
    });
    assert.deepEqual(found.points, [[16, 4]]);
  });

  it('we read what boto3 wrote', async () => {
    await boto3('write');
    assert.equal(Buffer.from((await environment.objects.read('clients/theirs.txt'))!).toString(), 'theirs');
    const version = await environment.registry.get('theirs', 'v1');
    assert.equal(version?.family, 'lightgbm');
    assert.equal(version.artifacts, 'models/theirs/');
    assert.deepEqual(version.metadata, { threshold: '0.5', framework: 'lightgbm' });
    const theirs = (await environment.alarms.list()).items.find(({ name }) => name === 'theirs');
    assert.equal(theirs?.definition?.datapointsToAlarm, 2);
    assert.equal(theirs?.definition?.operator, '<');
    assert.equal(theirs?.definition?.missing, 'breaching');
    const query = { namespace: 'Theirs', metric: 'Errors', dimensions: {}, statistic: 'Sum', period: 300 };
    const points = await environment.metrics.query({ ...query, from: start, to: new Date(start.getTime() + 300_000) });
    assert.deepEqual(
      points.map(({ value }) => value),
      [5],
    );
  });

  it('the AWS CLI reads what we wrote', async () => {
    const copy = join(folder.path, 'copy.txt');
    await aws('s3', 'cp', `s3://${bucket}/clients/ours.txt`, copy);
    assert.equal(readFileSync(copy, 'utf8'), 'ours');
    const described = JSON.parse(await aws('sagemaker', 'describe-endpoint', '--endpoint-name', 'ours')) as object;
    assert.equal((described as { EndpointStatus: string }).EndpointStatus, 'InService');
    const alarms = await aws('cloudwatch', 'describe-alarms', '--alarm-names', 'ours');
    assert.match(alarms, /"Threshold": 3/);
  });

  it('we read what the AWS CLI wrote, a large file in parts too', async () => {
    const large = join(folder.path, 'large.bin');
    const bytes = Buffer.alloc(20 * 2 ** 20, 'mlops');
    writeFileSync(large, bytes);
    await aws('s3', 'cp', large, `s3://${bucket}/clients/large.bin`);
    const file = await environment.objects.file('clients/large.bin');
    assert.equal(Buffer.compare(readFileSync(file), bytes), 0);
  });
});
