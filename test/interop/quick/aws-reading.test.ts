import assert from 'node:assert/strict';
import { openSession } from '../../../src/data/duckdb/session.js';
import { recognise } from '../../../src/documents/recognise.js';
import { BrokenError, CancelledError, InputError, RefusedError } from '../../../src/common/errors.js';
import { openAws } from '../../../src/platform/aws/index.js';
import type { Environment } from '../../../src/platform/ports/environment.js';
import { everyItem } from '../../../src/platform/ports/pages.js';
import type { AwsEnvironment, Project } from '../../../src/project/schema.js';
import { startAwsDouble, type AwsDouble } from '../../doubles/aws/double.js';
import { fillAws, variables, variant, type AwsFill } from '../../doubles/aws/fill.js';
import { fillWorld, world } from '../../doubles/aws/world.js';
import { freePort } from '../../support/free-port.js';
import { temporaryFolder } from '../../support/temporary.js';

describe('looking into an AWS account', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const before_ = { ...process.env };
  let double: AwsDouble;
  let fill: AwsFill;
  let environment: Environment;

  const open = (entry: Partial<AwsEnvironment>) => {
    const project = { folder: folder.path, file: { name: 'churn' }, sql: {} } as Project;
    return openAws(project, 'prod', { kind: 'aws', endpointUrl: double.url, bucket: world.bucket, ...entry });
  };

  before(async () => {
    const python = process.env.MLOPS_PYTHON_AWS;
    assert.ok(python, 'MLOPS_PYTHON_AWS is set by the suite');
    Object.assign(process.env, variables);
    double = await startAwsDouble(python);
    fill = fillAws(double.url, world.bucket);
    await fillWorld(fill, folder.path);
    environment = await open({});
  });
  beforeEach(() => {
    Object.assign(process.env, variables);
    double.deny(/^$/);
    double.forget();
  });
  after(async () => {
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    await double?.stop();
    folder.remove();
  });

  it('finds monitoring results in S3 and knows them for what they are', async () => {
    const bytes = await environment.objects.read(world.results);
    const found = recognise(JSON.parse(Buffer.from(bytes!).toString('utf8')));
    assert.equal(found.kind, 'monitoring-results');
  });

  it("reads a feature group's Parquet with DuckDB, fetched once", async () => {
    const files = await environment.features.files(world.group);
    assert.equal(files.length, 1);
    const session = await openSession({ folders: [folder.path] });
    const rows = await session.rows(`SELECT count(*) AS n FROM read_parquet('${files[0]}')`);
    session.close();
    assert.equal(Number(rows[0]?.n), 3);
    double.forget();
    assert.deepEqual(await environment.features.files(world.group), files);
    assert.deepEqual(
      double.calls.filter(({ operation }) => operation.includes('.parquet')),
      [],
    );
  });

  it('fetches an object again when it was replaced, and not when it was not', async () => {
    const { readFileSync } = await import('node:fs');
    await fill.object('changing.csv', 'a\n1\n');
    const first = await environment.objects.file('changing.csv');
    assert.equal(await environment.objects.file('changing.csv'), first);
    await fill.object('changing.csv', 'a\n2\n');
    assert.equal(readFileSync(await environment.objects.file('changing.csv'), 'utf8'), 'a\n2\n');
  });

  it('shows the registered versions and the shares of an endpoint with two variants', async () => {
    const { sagemaker } = fill.clients;
    for (const number of [1, 2]) await fill.modelVersion('split', number);
    for (const number of [1, 2])
      await fill.model(`split-${number}`, {
        package: `arn:aws:sagemaker:us-east-1:123456789012:model-package/split/${number}`,
      });
    const ProductionVariants = [variant('blue', 'split-1', 3), variant('green', 'split-2', 1)];
    await sagemaker.createEndpointConfig({ EndpointConfigName: 'split', ProductionVariants });
    await sagemaker.createEndpoint({ EndpointName: 'split', EndpointConfigName: 'split' });
    const info = await environment.endpoints.describe('split');
    assert.equal(info?.config.group, 'split');
    assert.deepEqual(info.serving, [
      { name: 'blue', modelVersion: 'v1', weight: 0.75 },
      { name: 'green', modelVersion: 'v2', weight: 0.25 },
    ]);
    assert.equal(info.reason, undefined);
  });

  it('tells the share of requests that an endpoint captures, and that it serves what was asked for', async () => {
    const info = await environment.endpoints.describe(world.endpoint);
    assert.equal(info?.config.capture, 0.5);
    assert.deepEqual(info.serving, info.config.variants);
  });

  it("hands on an endpoint's answer, and a model's refusal as an answer too", async () => {
    const ask = (body: string) => environment.endpoints.invoke(world.endpoint, { body, contentType: 'text/csv' });
    assert.equal((await ask('1,2')).status, 200);
    const refused = await ask('refuse');
    assert.equal(refused.status, 400);
    assert.equal(Buffer.from(refused.body).toString(), 'a field is missing');
  });

  it('lists every alarm of an account page by page, and tells how one came into its state', async () => {
    const { cloudwatch } = fill.clients;
    for (let number = 0; number < 105; number += 1) await fill.alarm(`many-${String(number).padStart(3, '0')}`);
    const change = (StateValue: 'OK' | 'ALARM', StateReason: string) =>
      cloudwatch.setAlarmState({ AlarmName: 'many-003', StateValue, StateReason });
    await change('ALARM', 'crossed');
    await change('OK', 'calm again');
    double.forget();
    const states = new Map<string, string>();
    for await (const { name, state } of everyItem((page) => environment.alarms.list(page))) states.set(name, state);
    assert.equal([...states.keys()].filter((name) => name.startsWith('many-')).length, 105);
    assert.equal(states.get('many-003'), 'OK');
    assert.equal(double.calls.length, 2);
    const changes: [string, string, string][] = [];
    const history = (page: object) => environment.alarms.history('many-003', { ...page, limit: 1 });
    for await (const { from, to, reason } of everyItem(history)) changes.push([from, to, reason]);
    assert.deepEqual(changes, [
      ['ALARM', 'OK', 'calm again'],
      ['INSUFFICIENT_DATA', 'ALARM', 'crossed'],
    ]);
  });

  it('tells whose account it is, and refuses every writer naming it', async () => {
    assert.equal(environment.readOnly, true);
    assert.equal(await environment.account!(), '123456789012');
    assert.throws(
      () => environment.writers('put a.json'),
      (error) =>
        error instanceof RefusedError &&
        /environment prod \(us-east-1, account 123456789012\) .*put a\.json.*mlops env write prod/.test(error.message),
    );
  });

  it('never writes where the project forbids it, and says that', async () => {
    const forbidden = await open({ write: false });
    assert.throws(() => forbidden.writers('put a.json'), /mlops\.json forbids writing/);
  });

  it('keeps environments of two regions apart', async () => {
    const elsewhere = await open({ region: 'eu-west-1' });
    assert.deepEqual((await elsewhere.endpoints.list()).items, []);
    assert.ok((await environment.endpoints.list()).items.length > 0);
  });

  const denials: [string, RegExp, string, () => Promise<unknown>][] = [
    ['buckets', /ListBuckets/, 's3:ListAllMyBuckets', () => environment.objects.buckets()],
    ['objects', /list-type=2/, 's3:ListBucket', () => environment.objects.list('runs/')],
    ['an object', /GetObject/, 's3:GetObject', () => environment.objects.read(world.results)],
    ['feature groups', /ListFeatureGroups/, 'sagemaker:ListFeatureGroups', () => environment.features.list()],
    ['endpoints', /ListEndpoints/, 'sagemaker:ListEndpoints', () => environment.endpoints.list()],
    ['alarms', /DescribeAlarms/, 'cloudwatch:DescribeAlarms', () => environment.alarms.list()],
  ];
  for (const [what, operation, action, look] of denials)
    it(`names the right that is missing to see ${what}`, async () => {
      double.deny(operation);
      await assert.rejects(
        look(),
        (error) => error instanceof BrokenError && error.message.includes(`IAM action ${action}`),
      );
    });

  it('names the bucket that nobody set, and still shows what needs none', async () => {
    const bare = await open({ bucket: undefined });
    await assert.rejects(bare.objects.list(''), (error) => {
      return error instanceof InputError && error.message.includes('environments.prod.bucket');
    });
    assert.ok((await bare.objects.buckets()).items.length > 0);
    assert.ok((await bare.endpoints.list()).items.length > 0);
  });

  it('says what to set when there is no region', async () => {
    delete process.env.AWS_REGION;
    process.env.AWS_CONFIG_FILE = process.env.AWS_SHARED_CREDENTIALS_FILE = '/nowhere';
    await assert.rejects(open({}), (error) => {
      return error instanceof InputError && error.message.includes('environments.prod.region');
    });
  });

  it('says what to set when there are no credentials', async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    process.env.AWS_CONFIG_FILE = process.env.AWS_SHARED_CREDENTIALS_FILE = '/nowhere';
    const nobody = await open({});
    await assert.rejects(nobody.endpoints.list(), (error) => {
      return error instanceof InputError && error.message.includes('AWS_ACCESS_KEY_ID');
    });
    const somebody = await open({ profile: 'nope' });
    await assert.rejects(somebody.endpoints.list(), /profile nope/);
  });

  it('says that nobody answers at an endpoint URL', async () => {
    const away = await open({ endpointUrl: `http://127.0.0.1:${await freePort()}` });
    await assert.rejects(away.alarms.list(), /cannot reach http:\/\/127\.0\.0\.1:\d+ .*nobody listens there/);
  });

  it('stops when it is cancelled', async () => {
    const cancel = new AbortController();
    cancel.abort(new CancelledError());
    await assert.rejects(environment.objects.list('', { signal: cancel.signal }), CancelledError);
    await assert.rejects(environment.objects.read(world.results, { signal: cancel.signal }), CancelledError);
  });
});
